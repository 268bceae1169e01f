//! Sentences in five languages, made for these tests: how often the language of one is told, and how often it is mistaken.
//!
//! Each list is in pairs: the words of `tells` were tuned on the first of each pair; the second was held out.

use super::Language::{self, English, French, HaitianCreole, Portuguese, Spanish};
use super::detect::detect;
use super::{Languages, outline};

const ENGLISH: &str = "\
She was afraid to open the door.
I sat with her until the nurse came back.
The hearing was moved to March again.
Nobody had told him about the interpreter.
My supervisor asked how I was sleeping.
We filled in the form for the third time.
Today I met a family from Honduras.
The patient missed two appointments because of work.
\"Please don't call my boss,\" he said.
\"Will they take my children?\" she asked me.
Rent is due on Friday.
Court date tomorrow, no lawyer yet.
He works nights at a fish plant.
Her son translates everything at the clinic.
i didnt know what to tell him
they said come back monday with id
Dr. Alvarez wrote a letter for Maria's case.
Mrs. Joseph brought cassava bread to the office.
Waiting for papers makes people ill.
Being heard seemed to matter more than advice.
She kept repeating \"no puedo\" and looked at the floor.
He wrote \"mwen bouke\" on the back of the card.
The word he used was desesperado, and I had no better one.
Her mother, Dona Lucia, said that only God decides.
Three hours on the phone with immigration.
Phone calls, forms, and more phone calls.
What would I do without this job?
Why does nobody answer that number?
The asylum officer was kinder than expected.
Green cards came in the mail for both sisters.
Fear of ICE keeps families from coming in.
Lost wages, late fees, an eviction notice.
After the visit we walked to the bus stop together.
During lunch our social worker explained the housing list.
It rained, and he had no coat.
I felt useless and went home early.
Good news about the work permit!
Finally approved after eleven months.
Everyone at the table had a story like that.
Some days this work feels like carrying water in a basket.";

const SPANISH: &str = "\
Ella tenía miedo de abrir la puerta.
Me quedé con ella hasta que volvió la enfermera.
La audiencia se cambió otra vez para marzo.
Nadie le había hablado del intérprete.
Mi supervisora preguntó cómo estaba durmiendo.
Llenamos el formulario por tercera vez.
Hoy conocí a una familia de Honduras.
El paciente perdió dos citas por culpa del trabajo.
\"Por favor no llame a mi jefe\", dijo.
¿Me van a quitar a mis hijos?
La renta vence el viernes.
No tengo abogado todavía.
Trabaja de noche en una planta de pescado.
Su hijo traduce todo en la clínica.
no supe que decirle ese dia
me dijeron que volviera el lunes con identificacion
El doctor escribió una carta para el caso de María.
La señora Joseph trajo pan a la oficina.
Esperar los papeles enferma a la gente.
Ser escuchada le importaba más que un consejo.
Dijo \"social worker\" en inglés porque no sabía otra palabra.
Le mostré el green card y se puso a llorar.
Me dijo que tenía miedo.
Vino sola, con frío y sin dinero.
Tres horas al teléfono con inmigración.
Llamadas, formularios y más llamadas.
¿Qué haría yo sin este trabajo?
¿Por qué nadie contesta ese número?
Tengo que ir a la corte mañana.
Estamos cansados pero seguimos luchando.
Gracias a Dios nos aprobaron el permiso.
Aquí todos conocen a alguien deportado.
Después de la visita caminamos juntos a la parada.
Extraño mucho a mi mamá.
Llovía y él no llevaba abrigo.
Mi esposo fue detenido en la frontera.
Nos mudamos cuatro veces este año.
Quiero estudiar enfermería algún día.
Cada noche sueño con el desierto.
Los niños preguntan cuándo regresa su papá.";

const PORTUGUESE: &str = "\
Ela tinha medo de abrir a porta.
Fiquei com ela até a enfermeira voltar.
A audiência foi adiada de novo para março.
Ninguém tinha falado do intérprete com ele.
Minha supervisora perguntou como eu estava dormindo.
Preenchemos o formulário pela terceira vez.
Hoje conheci uma família do Brasil.
O paciente faltou a duas consultas por causa do trabalho.
\"Por favor, não ligue para o meu chefe\", disse ele.
Vão tirar meus filhos de mim?
O aluguel vence na sexta.
Ainda não tenho advogado.
Ele trabalha à noite numa fábrica de peixe.
O filho dela traduz tudo na clínica.
nao sabia o que dizer pra ele
falaram pra voltar segunda com documento
O doutor escreveu uma carta para o caso da Maria.
Dona Lúcia trouxe pão de queijo para o escritório.
Esperar pelos papéis deixa as pessoas doentes.
Ser ouvida importava mais do que qualquer conselho.
Ela disse \"green card\" como quem diz um milagre.
Ele respondeu em espanhol, mas eu entendi quase nada.
Três horas no telefone com a imigração.
Ligações, formulários e mais ligações.
O que eu faria sem este emprego?
Por que ninguém atende esse número?
Tenho que ir ao tribunal amanhã.
Estamos cansados, mas continuamos lutando.
Graças a Deus aprovaram a autorização.
Aqui todo mundo conhece alguém deportado.
Depois da visita fomos juntos até o ponto de ônibus.
Sinto muita falta da minha mãe.
Chovia e ele estava sem casaco.
Meu marido foi preso na fronteira.
A gente se mudou quatro vezes este ano.
Quero estudar enfermagem um dia.
Toda noite eu sonho com o deserto.
As crianças perguntam quando o pai volta.
Você pode me ajudar com isso?
Muito obrigada por me escutar.";

const FRENCH: &str = "\
Elle avait peur d'ouvrir la porte.
Je suis restée avec elle jusqu'au retour de l'infirmière.
L'audience a encore été reportée au mois de mars.
Personne ne lui avait parlé de l'interprète.
Ma responsable m'a demandé comment je dormais.
Nous avons rempli le formulaire pour la troisième fois.
Aujourd'hui j'ai rencontré une famille du Togo.
Le patient a manqué deux rendez-vous à cause du travail.
« N'appelez pas mon patron, s'il vous plaît », dit-il.
Vont-ils prendre mes enfants ?
Le loyer est dû vendredi.
Je n'ai pas encore d'avocat.
Il travaille la nuit dans une usine de poisson.
Son fils traduit tout à la clinique.
je savais pas quoi lui dire
ils ont dit de revenir lundi avec une piece d'identite
Le docteur a écrit une lettre pour le dossier de Maria.
Madame Joseph a apporté du pain au bureau.
Attendre les papiers rend les gens malades.
Être écoutée comptait plus que les conseils.
Elle a dit « social worker » en anglais.
Il a murmuré quelques mots en créole, puis rien.
Trois heures au téléphone avec l'immigration.
Des appels, des formulaires, encore des appels.
Que ferais-je sans ce travail ?
Pourquoi personne ne répond à ce numéro ?
Je dois aller au tribunal demain.
Nous sommes fatigués mais nous continuons.
Grâce à Dieu, le permis est arrivé.
Ici, tout le monde connaît quelqu'un d'expulsé.
Après la visite, on a marché ensemble jusqu'à l'arrêt.
Ma mère me manque beaucoup.
Il pleuvait et elle n'avait pas de manteau.
Mon mari a été arrêté à la frontière.
On a déménagé quatre fois cette année.
Je veux devenir infirmière un jour.
Chaque nuit je rêve du désert.
Les enfants demandent quand leur père reviendra.
Pouvez-vous m'aider avec ça ?
Merci de m'avoir écoutée.";

const HAITIAN: &str = "\
Li te pè ouvri pòt la.
Mwen te chita avè l jiskaske enfimyè a tounen.
Yo ranvwaye odyans lan pou mwa mas ankò.
Pèsonn pa t pale l de entèprèt la.
Sipèvizè mwen mande kijan m ap dòmi.
Nou ranpli fòm nan pou twazyèm fwa.
Jodi a mwen rankontre yon fanmi ki soti Jakmèl.
Pasyan an rate de randevou akoz travay.
\"Tanpri, pa rele patwon mwen\", li di.
Èske yo pral pran pitit mwen yo?
Lwaye a dwe peye vandredi.
Mwen poko gen avoka.
Lap travay nan nwit nan yon faktori pwason.
Pitit gason li tradui tout bagay nan klinik la.
mwen pa t konnen sa pou m di l
yo di m tounen lendi ak kat idantite
Doktè a ekri yon lèt pou dosye Maria.
Madan Joseph pote pen nan biwo a.
Tann papye fè moun malad.
Se koute li te bezwen, pa konsèy.
Li di \"social worker\" ann angle.
M montre l green card la epi l kriye.
Twa zè nan telefòn ak imigrasyon.
Apèl, fòm, epi plis apèl toujou.
Kisa m tap fè san travay sa a?
Poukisa pèsonn pa reponn nimewo sa a?
Fòk mwen ale nan tribinal demen.
Nou fatige men nap kontinye goumen.
Mèsi Bondye, pèmi a rive.
Isit la tout moun konnen yon moun yo depòte.
Apre vizit la nou mache ansanm rive nan estasyon an.
Manman m manke m anpil.
Lapli tap tonbe epi li pat gen manto.
Yo arete mari m sou fwontyè a.
Nou demenaje kat fwa ane sa a.
Mwen vle etidye pou enfimyè yon jou.
Chak swa m reve dezè a.
Timoun yo mande kilè papa yo ap tounen.
Ou ka ede m ak sa?
Mèsi paske ou koute m.";

/// Paragraphs with a `|` after each sentence, and the sentences' languages: some sentences are too short to tell alone.
const PARAGRAPHS: [(&str, &str); 24] = [
    ("en en", "She came alone.| No, no, no.|"),
    ("en es en", "We talked about the court date for an hour.| Marzo.| She wrote it on her hand.|"),
    ("es es", "Mi hermana llamó desde la frontera.| Nada.|"),
    ("es es es", "No sé qué hacer con los papeles.| Total, normal.| Mañana vuelvo a la oficina.|"),
    ("pt pt", "Minha irmã ligou da fronteira.| Nada.|"),
    ("pt pt pt", "Não sei o que fazer com os documentos.| Normal, total.| Amanhã eu volto.|"),
    ("fr fr", "Ma sœur a appelé de la frontière.| Rien.|"),
    ("fr fr fr", "Je ne sais pas quoi faire des papiers.| Courage, patience.| On verra demain.|"),
    ("ht ht", "Sè m rele m sou fwontyè a.| Anyen.|"),
    ("ht ht ht", "Mwen pa konn sa pou m fè ak papye yo.| Avoka, tribinal.| Nou pral wè demen.|"),
    (
        "en es en",
        "She looked at the letter and began to cry.| \"Me dijo que no hay esperanza.\"| I had no answer for her.|",
    ),
    ("en ht en", "He stood in the hallway for a while.| \"Mwen pa ka tounen lakay mwen.\"| I asked him to sit down.|"),
    (
        "en pt en",
        "The baby slept the whole time.| \"Ela nasceu aqui, graças a Deus.\"| Her father smiled for the first time.|",
    ),
    ("en fr en", "I asked what she needed most.| \"Je veux seulement dormir sans peur.\"| We sat in silence.|"),
    ("es en es", "El juez habló muy rápido.| \"You have thirty days to leave.\"| Nadie tradujo eso para ella.|"),
    ("en en", "Maria called twice.| Detention, deportation, silence.|"),
    ("es es", "Llegaron a las seis de la mañana.| Policía, gritos, silencio.|"),
    ("pt pt", "Chegaram às seis da manhã.| Polícia, gritos, silêncio.|"),
    ("fr fr", "Ils sont arrivés à six heures du matin.| Police, silence.|"),
    ("ht ht", "Yo rive a sizè nan maten.| Lapolis, silans.|"),
    ("en en", "Paperwork again.| Form I-130, form I-485, form I-765.|"),
    ("es es", "Otra vez los mismos papeles.| Forma I-130.|"),
    ("fr fr", "Encore les mêmes papiers.| Formulaire I-130.|"),
    ("pt pt", "De novo os mesmos papéis.| Formulário I-130.|"),
];

fn all() -> Vec<(Language, &'static str)> {
    let lists =
        [(English, ENGLISH), (Spanish, SPANISH), (Portuguese, PORTUGUESE), (French, FRENCH), (HaitianCreole, HAITIAN)];
    lists.iter().flat_map(|(language, list)| list.lines().map(|sentence| (*language, sentence))).collect()
}

fn everything() -> Languages {
    Languages::of(&Language::KNOWN)
}

/// Counts sentences whose language is told rightly, not at all, and wrongly; of those tuned on and of those held out.
fn told(among: Languages) -> [[u32; 3]; 2] {
    let mut told = [[0; 3]; 2];
    for (number, (language, sentence)) in all().into_iter().enumerate().filter(|(_, (own, _))| among.holds(*own)) {
        let verdict = match detect(sentence, among) {
            Some(found) if found == language => 0,
            None => 1,
            Some(_) => 2,
        };
        told[number % 2][verdict] += 1;
    }
    told
}

#[test]
fn the_language_of_a_sentence_is_told_or_left_open_and_hardly_ever_mistaken() {
    // Right, left open, wrong.
    assert_eq!(told(everything()), [[100, 0, 0], [98, 2, 0]]);
    // Of two languages, whichever they are, no sentence is taken for the other.
    for one in Language::KNOWN {
        for other in Language::KNOWN.into_iter().filter(|other| *other != one) {
            let [[_, open, wrong], [_, open_held, wrong_held]] = told(Languages::of(&[one, other]));
            assert!(open + open_held <= 2 && wrong + wrong_held == 0, "{one} {other}");
        }
    }
}

#[test]
fn what_a_sentence_leaves_open_its_paragraph_tells() {
    let (mut total, mut alone, mut wrong) = (0, 0, Vec::new());
    for (languages, marked) in PARAGRAPHS {
        let text = marked.replace('|', "");
        let found = outline(&text, everything()).sentences;
        let expected: Vec<&str> = languages.split(' ').collect();
        assert_eq!(found.len(), expected.len(), "{text}");
        for (sentence, expected) in found.iter().zip(expected) {
            let words = sentence.span.of(&text);
            total += 1;
            alone += u32::from(detect(words, everything()).is_some());
            if sentence.language.code() != expected {
                wrong.push(format!("{} {words}", sentence.language));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert_eq!((alone, total), (47, 58));
}

#[test]
fn what_no_paragraph_tells_is_in_the_first_language_and_one_language_is_never_asked() {
    let language = |text: &str, languages: &[Language]| outline(text, Languages::of(languages)).sentences[0].language;
    assert_eq!(language("I-130, I-485.", &[Spanish, English]), Spanish);
    assert_eq!(language("I-130, I-485.", &[English, Spanish]), English);
    assert_eq!(language("Me dijo que tenía miedo.", &[English]), English);
    assert_eq!(language("Me dijo que tenía miedo.", &[English, Spanish]), Spanish);
    // A language without rules of ours cannot be told.
    assert_eq!(language("Sie hatte Angst vor dem Gericht.", &[English, Language::Other]), English);
    assert_eq!(language("Sie hatte Angst vor dem Gericht.", &[Language::Other, English]), Language::Other);
}
