//! Numbers computed elsewhere and published ones, when the environment names the folder that holds them.

use std::path::PathBuf;

use serde_json::Value as Json;

use super::{
    contingency::Contingency,
    cooccurrence::cooccurrence,
    multiple::{Adjustment, adjust},
    printed,
    proportion::{IntervalMethod, interval},
    saturation::{Francis, Guest, francis, guest, new_codes},
    small_cells::{Cell, bounds, one_way, two_way},
    trend::{Group, cochran_armitage, mann_kendall},
};

/// Returns the text of a file of statistics, or says that the test is skipped.
fn file(name: &str) -> Option<String> {
    #[allow(clippy::disallowed_methods, reason = "only a test that runs where the numbers are")]
    let named = std::env::var("THEMATA_REAL_DATA");
    if named.is_err() {
        eprintln!("skipped: THEMATA_REAL_DATA names no folder with numbers to compare with");
    }
    let folder = PathBuf::from(named.ok()?).join("oracles").join("stats");
    Some(std::fs::read_to_string(folder.join(name)).unwrap())
}

fn json(name: &str) -> Option<Json> {
    file(name).map(|text| serde_json::from_str(&text).unwrap())
}

/// Rows of a plain comma-separated file, by the names of its columns.
fn rows(text: &str) -> Vec<impl Fn(&str) -> String> {
    let names: Vec<String> = text.lines().next().unwrap().split(',').map(str::to_owned).collect();
    let row = |line: &str| {
        let (names, cells) = (names.clone(), line.split(',').map(str::to_owned).collect::<Vec<_>>());
        move |name: &str| cells[names.iter().position(|other| other == name).unwrap()].clone()
    };
    text.lines().skip(1).filter(|line| !line.is_empty()).map(row).collect()
}

fn counts(json: &Json) -> Vec<u64> {
    json.as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect()
}

fn table(json: &Json) -> Vec<Vec<u64>> {
    json.as_array().unwrap().iter().map(counts).collect()
}

fn numbers(json: &Json) -> Vec<f64> {
    json.as_array().unwrap().iter().map(|n| n.as_f64().unwrap()).collect()
}

fn flags(json: &Json) -> Vec<bool> {
    json.as_array().unwrap().iter().map(|flag| flag.as_bool().unwrap()).collect()
}

#[track_caller]
fn close(what: &str, found: f64, expected: &Json) {
    let expected = expected.as_f64().unwrap_or_else(|| panic!("{what} is not there"));
    assert!((found - expected).abs() <= 1e-6, "{what}: {found} is not {expected}");
}

#[test]
fn intervals_of_every_proportion() {
    let Some(text) = file("proportion_ci.csv") else { return };
    let columns = ["wilson", "wilsoncc", "clopper", "agresticoull", "jeffreys"];
    for row in rows(&text) {
        let [k, n] = ["k", "n"].map(|name| row(name).parse().unwrap());
        for (method, column) in IntervalMethod::ALL.into_iter().zip(columns) {
            let found = interval(k, n, method).unwrap();
            for (found, end) in found.iter().zip(["lo", "hi"]) {
                let expected: f64 = row(&format!("{column}_{end}")).parse().unwrap();
                assert!((found - expected).abs() <= 1e-6, "{k} of {n}, {column}_{end}: {found} is not {expected}");
            }
        }
    }
}

#[test]
fn percentages_rounded_both_ways_allow_their_counts() {
    let Some(text) = file("rounding.csv") else { return };
    for row in rows(&text) {
        let [k, n] = ["k", "n"].map(|name| row(name).parse::<u64>().unwrap());
        for rule in ["half_up", "half_even"] {
            let found = printed::check(n, &[row(rule)]).unwrap();
            assert_eq!(found.rows[0].decimals.to_string(), row("decimals"));
            let counts = if rule == "half_up" { found.rows[0].half_up } else { found.rows[0].half_even };
            assert!(counts.is_some_and(|counts| counts.least <= k && k <= counts.most), "{k} of {n}: {}", row(rule));
            // Where the rules differ, the other rule's string does not allow the count.
            if row("half_up") != row("half_even") {
                let other = if rule == "half_up" { found.rows[0].half_even } else { found.rows[0].half_up };
                assert!(other.is_none_or(|counts| k < counts.least || counts.most < k), "{k} of {n}: {}", row(rule));
            }
        }
    }
}

#[test]
fn every_contingency_table() {
    let Some(tables) = json("contingency.json") else { return };
    for (name, expected) in tables.as_object().unwrap() {
        let found = Contingency::new(&table(&expected["table"])).unwrap();
        let both = |what: &str, found: f64| close(&format!("{name}, {what}"), found, &expected[what]);
        both("chi2", found.chi2());
        both("p_chi2", found.p_chi2());
        both("min_expected", found.min_expected());
        both("frac_expected_lt5", found.below_five());
        both("cramers_v", found.cramers_v());
        both("G", found.g());
        both("p_G", found.p_g());
        assert_eq!(u64::from(found.df()), expected["df"].as_u64().unwrap());
        for (what, found) in [("expected", found.expected()), ("stdres", found.residuals())] {
            let rows = expected[what].as_array().unwrap();
            assert_eq!(rows.len(), found.len());
            for (row, found) in rows.iter().zip(found) {
                row.as_array().unwrap().iter().zip(found).for_each(|(cell, found)| close(what, found, cell));
            }
        }
        let exact = found.fisher();
        assert_eq!(exact.is_some(), expected.get("phi").is_some(), "{name}");
        let Some(exact) = exact else { continue };
        both("fisher_p_two_sided", exact.two_sided);
        both("fisher_p_greater", exact.greater);
        both("fisher_p_less", exact.less);
        both("chi2_yates", found.chi2_yates().unwrap());
        both("p_yates", found.p_yates().unwrap());
        both("odds_ratio_sample", found.odds_ratio().number().unwrap());
        both("phi", found.phi().number().unwrap());
    }
}

#[test]
fn every_pair_of_codes() {
    let Some(cases) = json("cooccurrence.json") else { return };
    let count = |case: &Json, name: &str| case[name].as_u64().unwrap();
    let measured = |case: &Json, total| cooccurrence(count(case, "n1"), count(case, "n2"), count(case, "n12"), total);
    for (name, case) in cases.as_object().unwrap().iter().filter(|(name, _)| *name != "entry_level") {
        let found = measured(case, None);
        assert_eq!(found.raw_c.number(), case["c"].as_f64(), "{name}");
        assert_eq!(found.jaccard.number(), case["c"].as_f64().filter(|c| *c <= 1.0), "{name}");
    }
    let level = &cases["entry_level"];
    let entries = level["entries"].as_object().unwrap();
    for (pair, case) in level["pairs"].as_object().unwrap() {
        let (first, second) = pair.split_once('|').unwrap();
        let has = |entry: &Json, code: &str| entry.as_array().unwrap().iter().any(|other| other == code);
        let with = |test: &dyn Fn(&Json) -> bool| entries.values().filter(|entry| test(entry)).count() as u64;
        let n = [with(&|e| has(e, first)), with(&|e| has(e, second)), with(&|e| has(e, first) && has(e, second))];
        assert_eq!(n, ["n1", "n2", "n12"].map(|name| count(case, name)));
        let found = measured(case, Some(entries.len() as u64));
        for (what, found) in [
            ("jaccard", found.jaccard),
            ("dice", found.dice),
            ("overlap_coef", found.overlap),
            ("cosine_ochiai", found.cosine),
            ("expected_n12", found.expected),
            ("lift", found.lift),
            ("p_b_given_a", found.second_given_first),
            ("p_a_given_b", found.first_given_second),
        ] {
            close(what, found.number().unwrap(), &case[what]);
        }
    }
}

#[test]
fn twenty_five_p_values() {
    let Some(expected) = json("multiple_testing.json") else { return };
    let p: Vec<Option<f64>> = numbers(&expected["p"]).into_iter().map(Some).collect();
    for (adjustment, name) in Adjustment::ALL.into_iter().zip(["holm", "bh", "bonferroni"]) {
        let found = adjust(&p, adjustment);
        assert_eq!(found.len(), 25);
        for (found, expected) in found.iter().zip(expected[name].as_array().unwrap()) {
            close(name, found.unwrap(), expected);
        }
    }
}

fn hundredths_of_a_percent(threshold: &Json) -> u32 {
    match threshold.as_f64() {
        Some(0.0) => 0,
        Some(0.05) => 500,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_saturation() {
    let Some(cases) = json("saturation.json") else { return };
    for (name, new) in [
        ("pattern_matching_the_published_worked_example", "new_codes_per_event"),
        ("monthly_reflections_synthetic", "new"),
    ] {
        let case = cases[name].as_object().unwrap();
        let new = counts(&case[new]);
        let mut compared = 0;
        for (_, expected) in case.iter().filter(|(_, value)| value.get("base_size").is_some()) {
            let size = |name: &str| usize::try_from(expected[name].as_u64().unwrap()).unwrap();
            let threshold = hundredths_of_a_percent(&expected["threshold"]);
            let found = guest(&new, Guest { base: size("base_size"), run: size("run_length"), threshold }).unwrap();
            assert_eq!(found.base_codes, expected["base_codes"].as_u64().unwrap());
            assert_eq!(found.written().as_deref(), expected["saturation_at"].as_str());
            let runs = expected["runs"].as_array().unwrap();
            assert_eq!(found.runs.len(), runs.len());
            for (found, run) in found.runs.iter().zip(runs) {
                let found_counts = [found.from as u64, found.to as u64, found.new];
                let names = ["run_from_event", "run_to_event", "new"];
                assert_eq!(found_counts, names.map(|name| run[name].as_u64().unwrap()));
                close("ratio", found.ratio, &run["ratio"]);
            }
            compared += 1;
        }
        assert!(compared >= 2, "{name}");
    }
    let monthly = &cases["monthly_reflections_synthetic"];
    let entries = monthly["entries"].as_object().unwrap().values();
    let codes = entries.map(|codes| codes.as_array().unwrap().iter().map(|code| code.as_str().unwrap()));
    assert_eq!(new_codes(codes), counts(&monthly["new"]));
    let sums = counts(&monthly["new"]).into_iter().scan(0, |sum, new| {
        *sum += new;
        Some(*sum)
    });
    assert_eq!(sums.collect::<Vec<u64>>(), counts(&monthly["cumulative"]));
    let ten_and_three = &cases["francis_10_3"];
    for (new, event) in
        [("new", "saturated_at_event"), ("new_b", "saturated_at_event_b"), ("new_c", "saturated_at_event_c")]
    {
        let found = francis(&counts(&ten_and_three[new]), Francis::default());
        assert_eq!(found.map(|event| event as u64), ten_and_three[event].as_u64(), "{new}");
    }
}

#[test]
fn every_table_with_small_cells() {
    let Some(cases) = json("suppression.json") else { return };
    let one = &cases["founding_one_way"];
    let found = one_way(&counts(&one["counts"]), 11).unwrap();
    assert_eq!(found.iter().map(|cell| *cell == Cell::Primary).collect::<Vec<_>>(), flags(&one["primary"]));
    assert_eq!(found.iter().map(|cell| *cell != Cell::Shown).collect::<Vec<_>>(), flags(&one["final"]));
    for (name, case) in cases.as_object().unwrap().iter().filter(|(name, _)| *name != "founding_one_way") {
        let (table, threshold) = (table(&case["table"]), case["threshold"].as_u64().unwrap());
        let found = two_way(&table, threshold);
        assert_eq!(found.is_ok(), !case["one_optimal_pattern"].is_null(), "{name}");
        let Ok(pattern) = found else { continue };
        let marks = |what: &dyn Fn(&Cell) -> bool| -> Vec<Vec<bool>> {
            pattern.iter().map(|row| row.iter().map(what).collect()).collect()
        };
        let rows = |json: &Json| -> Vec<Vec<bool>> { json.as_array().unwrap().iter().map(flags).collect() };
        assert_eq!(marks(&|cell| *cell == Cell::Primary), rows(&case["primary"]), "{name}");
        let hidden = marks(&|cell| *cell != Cell::Shown);
        assert_protected(name, &table, &hidden, threshold);
        let optimal = rows(&case["one_optimal_pattern"]);
        let number = |hidden: &[Vec<bool>]| hidden.iter().flatten().filter(|hidden| **hidden).count();
        assert_eq!(number(&hidden), number(&optimal), "{name}");
        let known = case["lp_bounds_of_suppressed_cells"].as_object().unwrap();
        let found = bounds(&table, &optimal);
        assert_eq!(found.len(), known.len());
        for bound in found {
            let expected = numbers(&known[&format!("{},{}", bound.row, bound.column)]);
            assert_eq!([bound.least, bound.most].map(|n| n.to_string()), [0, 1].map(|at| expected[at].to_string()));
        }
    }
}

/// The acceptance of the file: no line with one hidden cell, or with hidden cells that are small together; no point.
fn assert_protected(name: &str, table: &[Vec<u64>], hidden: &[Vec<bool>], threshold: u64) {
    let row = |at: usize| (0..table[0].len()).map(move |column| (at, column)).collect();
    let column = |at: usize| (0..table.len()).map(move |row| (row, at)).collect();
    let lines: Vec<Vec<(usize, usize)>> = (0..table.len()).map(row).chain((0..table[0].len()).map(column)).collect();
    for line in lines {
        let cells: Vec<u64> = line.iter().filter(|(r, c)| hidden[*r][*c]).map(|(r, c)| table[*r][*c]).collect();
        assert!(cells.is_empty() || (cells.len() >= 2 && cells.iter().sum::<u64>() >= threshold), "{name}: {line:?}");
    }
    assert!(bounds(table, hidden).iter().all(|bound| bound.least < bound.most), "{name}");
}

#[test]
fn both_trends() {
    let Some(expected) = json("trend.json") else { return };
    let kendall = &expected["mann_kendall"];
    let found = mann_kendall(&numbers(&kendall["x"])).unwrap();
    assert_eq!(Some(found.s), kendall["S"].as_i64());
    close("var", found.variance, &kendall["var"]);
    close("z", found.z, &kendall["z"]);
    close("p", found.p, &kendall["p"]);
    close("tau-b", found.tau_b, &kendall["kendall_tau_b"]);
    let armitage = &expected["cochran_armitage"];
    let [successes, totals] = ["success", "total"].map(|name| counts(&armitage[name]));
    let points = successes.into_iter().zip(totals).zip(numbers(&armitage["score"]));
    let groups: Vec<Group> = points.map(|((successes, total), score)| Group { successes, total, score }).collect();
    let found = cochran_armitage(&groups).unwrap();
    close("T", found.t, &armitage["T"]);
    close("var", found.variance, &armitage["var"]);
    close("z", found.z, &armitage["z"]);
    close("p", found.p, &armitage["p"]);
}

#[test]
fn the_table_of_271_patients() {
    let (Some(text), Some(expected)) = (file("founding_table_271.csv"), json("founding_table_271.json")) else {
        return;
    };
    let rows = rows(&text);
    let percents: Vec<String> = rows.iter().map(|row| row("published_percent")).collect();
    let found = printed::check(271, &percents).unwrap();
    let range = |row: &printed::Row| row.half_up.map_or_else(Vec::new, |counts| (counts.least..=counts.most).collect());
    let candidates: Vec<Vec<u64>> = found.rows.iter().map(range).collect();
    assert_eq!(candidates, table(&expected["candidate_counts_given_published_precision"]));
    assert_eq!(found.vectors.map(|n| n.to_string()), Some(expected["n_solutions_with_sum_271"].to_string()));
    assert_eq!(found.first_vectors, table(&expected["solutions"]));
    let nearest: Vec<u64> = found.rows.iter().filter_map(|row| row.nearest).collect();
    assert_eq!(nearest, counts(&expected["nearest_counts"]));
    let in_rows: Vec<u64> = rows.iter().map(|row| row("nearest_count_of_271").parse().unwrap()).collect();
    assert_eq!(nearest, in_rows);
    assert_eq!(found.nearest_sum.map(|n| n.to_string()), Some(expected["nearest_counts_sum"].to_string()));
    assert_eq!(found.printed_sum, Some(expected["published_sum"].to_string()));
    let decimals: Vec<u64> = found.rows.iter().map(|row| u64::from(row.decimals)).collect();
    assert_eq!(decimals, counts(&expected["published_decimals"]));
    for (k, ends) in nearest.iter().zip(expected["wilson95_percent"].as_array().unwrap()) {
        let percent = interval(*k, 271, IntervalMethod::Wilson).unwrap().map(|end| format!("{:.1}", end * 100.0));
        assert_eq!(percent, [0, 1].map(|at| format!("{:.1}", ends[at].as_f64().unwrap())), "{k}");
    }
    let labels = expected["labels"].as_array().unwrap();
    let hidden = one_way(&nearest, 11).unwrap();
    let small: Vec<Json> =
        labels.iter().zip(hidden).filter(|(_, cell)| *cell == Cell::Primary).map(|(label, _)| label.clone()).collect();
    assert_eq!(Json::from(small), expected["cms_lt11_cells"]);
}
