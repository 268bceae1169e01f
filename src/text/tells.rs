//! What tells a language: its small words, the endings of its words, its letters. How they are weighed is `detect`'s work.

use super::Language;

/// Words, endings and letters of one language; a word, ending or letter may stand with several languages.
pub(super) struct Tells {
    pub(super) language: Language,
    /// Words that hardly another of the languages has.
    pub(super) strong: &'static str,
    /// Words that it shares with one or two, or that are rarer there.
    pub(super) weak: &'static str,
    /// Endings of words of five letters and more.
    pub(super) endings: &'static [&'static str],
    /// Letters and marks.
    pub(super) letters: &'static str,
}

pub(super) const ALL: [Tells; 5] = [
    Tells {
        language: Language::English,
        strong: "the and of to is was were are been being it its that this these those with from for you your \
            yours he she him his her hers they them their theirs we us our ours my mine who what when where \
            why how which would could should will shall can cannot have had does did doing don't didn't \
            doesn't can't won't wasn't isn't couldn't wouldn't haven't hasn't aren't i'm i've i'll i'd it's \
            that's he's she's they're we're you're let's there here not but or if then than because about \
            after before again against all any some every each nobody nothing somebody someone everyone \
            everybody anyone something anything everything into over under until while during without within \
            between through very too also just only even still yet never always often more most much many \
            few other another own same so up down out off by at be said asked told went came come took got \
            get made make know knew think thought feel felt afraid wait waiting help need needs want wants \
            work works family children child mother father sister brother husband wife daughter friend \
            school job home house door court lawyer hearing fear today tomorrow yesterday week month year \
            years day days night morning first last new good bad please thank thanks yes hello god one two \
            three four five seven eight nine ten wrote letter paper papers people woman man girl boy scared \
            worried tired ill sick didnt cant wont im ive ok okay back like look looked call called phone \
            monday tuesday wednesday thursday friday saturday sunday january february april june july august \
            october november december sept september due",
        weak: "a car an in on as do has me no son men sale pour permit once since must may might hospital doctor \
            visit police immigration detention deportation silence total normal social green card i map lap \
            tap pat nap bay ban pale kite march six dont",
        endings: &[
            "ing", "ed", "ness", "ful", "less", "tion", "ly", "ght", "n't", "'s", "'ll", "'ve", "ould", "ment", "er",
        ],
        letters: "wk",
    },
    Tells {
        language: Language::Spanish,
        strong: "el los las del al lo una unos unas ella ellos ellas yo tú usted ustedes nosotros nosotras mi mis \
            su sus está están estaba estaban estoy estamos es son era eran fue fueron ser estar hay había \
            hubo he ha han hemos tengo tiene tienen tenía tenían tuvo tener muy pero porque cuando cuándo \
            donde dónde cómo qué quién quien cuál más también después luego entonces siempre nunca nadie \
            nada algo alguien todo todos todas toda mucho mucha muchos muchas poco otro otra otros otras \
            este esta esto estos estas ese esa eso aquel aquella hoy ayer ahora aquí allí ahí sin sobre \
            hasta desde hacia entre según con por le les nos os sí ya aunque mientras si dijo dice dijeron \
            decir digo preguntó hizo hacer hace hago puede puedo pueden podía quiero quiere querer quería \
            voy va van iba ir vino vine vengo sabe sé sabía saber creo creía siento sentía miedo hijo hija \
            hijos hijas hermano hermana esposo esposa mamá papá madre padre abuela niño niña niños niñas \
            gente trabajo casa noche día dias días años año semana semanas abogado abogada ley juez corte \
            carta papeles dinero señor señora gracias dios favor mañana lunes martes miércoles jueves \
            viernes sábado domingo uno dos tres cuatro cinco seis siete ocho nueve diez dia mas asi así solo \
            sólo estan tenia habia despues tambien alli aqui manana dificil bueno buena contestó llamó ayuda \
            ayudar espera esperar llorar puerta calle inglés clínica enfermera enero febrero marzo abril \
            mayo junio julio agosto septiembre octubre noviembre diciembre",
        weak: "la de que en se me te un a no o como para tan bien mal vez veces familia medico tu cada antes ni \
            hospital doctor has mes y da",
        endings: &[
            "ción", "cion", "ciones", "dad", "dades", "aba", "aban", "ía", "ían", "ando", "iendo", "ió", "aron",
            "ieron", "mente", "ados", "adas", "idos", "idas", "ito", "ita", "amos", "emos", "imos", "illa", "illo",
            "ar", "er", "ir", "eza", "ó", "ías",
        ],
        letters: "ñ¿¡áíóú",
    },
    Tells {
        language: Language::Portuguese,
        strong: "o os ao aos à às da das dos na nas nos num numa pelo pela pelos pelas não nao um uma uns umas \
            ele ela eles elas eu você voce vocês vc nós meu minha meus minhas seu sua seus suas dele dela \
            deles delas é são estou está estão estava estavam estamos foi foram ser eram tem têm tinha \
            tinham tenho temos teve ter há havia muito muita muitos muitas mas porque quando onde como quem \
            qual mais também tambem depois então entao sempre nunca ninguém ninguem nada algo alguém alguem \
            tudo todo todos todas toda pouco outro outra outros outras este esta isto esse essa isso aquele \
            aquela hoje ontem agora aqui ali lá sem sobre até ate desde entre com por pra pro lhe lhes já ja \
            embora enquanto sim disse disseram dizer diz digo perguntou fez fazer faz faço pode posso podem \
            podia quero quer queria vou vai vão ia ir veio vim sabe sei sabia saber acho achava sinto medo \
            filho filha filhos filhas irmão irmã marido esposa mãe pai avó menino menina criança crianças \
            gente trabalho casa noite dia dias ano anos mês semana advogado advogada lei juiz carta papéis \
            documentos dinheiro senhor senhora dona obrigado obrigada deus favor amanhã segunda terça quarta \
            quinta sexta sábado domingo dois três quatro cinco seis sete oito nove dez assim só ainda bem \
            ajuda ajudar esperar espera chorar porta rua inglês clínica enfermeira ficou fiquei ligou chegou \
            voltar voltou e em janeiro fevereiro março abril maio junho julho agosto setembro outubro \
            novembro dezembro",
        weak: "a de do no que me te para ou as era antes cada mal vez vezes família familia médico hospital \
            doutor nem tu",
        endings: &[
            "ção", "cao", "ções", "dade", "dades", "ava", "avam", "ia", "ando", "endo", "indo", "ou", "aram", "eram",
            "iram", "mente", "ados", "adas", "idos", "idas", "inho", "inha", "agem", "ões", "ão", "ães", "eiro",
            "eira", "amos", "emos",
        ],
        letters: "ãõçâêôáíóú",
    },
    Tells {
        language: Language::French,
        strong: "le les des du au aux et est sont était étaient être été ai avons avez ont avait avaient avoir eu \
            une il elle ils elles je nous vous tu moi toi lui leur leurs mon ma mes ton tes son ses notre \
            nos votre vos ce cet cette ces ça qui que quoi dont où quand comment pourquoi parce mais ou donc \
            car ne pas plus jamais rien personne aussi après avant alors toujours encore déjà très trop bien \
            peu beaucoup tout toute tous toutes autre autres même aujourd'hui hier demain maintenant ici là \
            sans sous sur dans pour par avec chez vers jusque jusqu depuis pendant entre comme oui non dit \
            dire disait demandé demande fait faire fais peut peux pouvait veux veut voulait vais va vont \
            allait aller venu vient viens sais sait savait savoir crois peur fils fille filles enfant \
            enfants mari femme mère père sœur frère gens travail maison nuit jour jours ans année mois \
            semaine avocat avocate loi juge tribunal lettre papiers argent monsieur madame merci dieu s'il \
            plaît lundi mardi mercredi jeudi vendredi samedi dimanche un deux trois quatre cinq sept huit \
            neuf dix seul seule attendre attend aide aider pleurer pleurait porte rue anglais clinique \
            infirmière médecin qu cela ceci meme apres tres etait deja mere pere janvier février mars avril \
            mai juin juillet août septembre octobre novembre décembre",
        weak: "la de en se me te patient visite police permis hôpital docteur famille silence courage a as y n \
            t l m d s c j on an si six ta",
        endings: &[
            "tion", "ment", "eux", "euse", "ais", "ait", "aient", "eur", "eurs", "ée", "ées", "és", "ère", "ique",
            "aire", "ette", "ons", "ez", "oir", "er", "é", "elle", "esse", "age", "isme", "eille",
        ],
        letters: "çèêàùûîïœé",
    },
    Tells {
        language: Language::HaitianCreole,
        strong: "mwen li yo nou ou ap pa pral ta ak avè ki ke kisa kiyès kijan kilè kote poukisa paske men epi \
            oswa lè nan pou san anba devan dèyè apre avan depi jiska jiskaske tankou kòm sa sila yon youn \
            gen genyen pat pap lap map wap yap nap kap sakap pata tap taka sete poko toujou janm anyen \
            pèsonn tout chak lòt menm anpil twòp plis mwens ankò deja isit kounye jodi yè demen maten aswè \
            swa nwit jou semèn mwa ane di mande fè konnen konn vle ka kapab ale vini tounen rete chita rele \
            pale tande gade wè pran bay ban mete jwenn bezwen santi pè kriye manman papa pitit timoun fanm \
            gason frè sè madanm fanmi moun zanmi lakay kay lekòl travay lopital doktè enfimyè avoka jij \
            tribinal lèt papye lajan mèsi tanpri bondye wi lan yonn twa kat senk sèt uit nèf dis èske eske \
            pwoblèm peyi lapolis fwontyè imigrasyon depòte kreyòl ayiti ayisyen pèdi fatige bouke malad fòk \
            dwe fin fini vin soti rive kite viv mouri dòmi manje dlo pe avek oubyen janvye fevriye avril jen \
            jiyè septanm oktòb novanm desanm lendi madi mèkredi jedi vandredi samdi dimanch avèk",
        weak: "e an ann on si silans la de se te me non sou sis mari l y n t m a w k",
        endings: &[
            "syon", "man", "yon", "wa", "yè", "è", "ò", "ye", "èt", "èl", "òt", "ann", "onn", "òm", "ap", "ay", "ik",
            "èz", "ize",
        ],
        letters: "òèkw",
    },
];
