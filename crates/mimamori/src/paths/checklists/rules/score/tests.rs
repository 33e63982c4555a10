//! The rules against a table written by hand from the national form, and against every way in which
//! open questions could still be answered.

use proptest::prelude::*;

use super::super::checklist::Sheet;
use super::*;

/// Number and the answer that counts, as printed on 様式第一 (1: はい, 2: いいえ); 12 is measured.
const COUNTS: [(u8, u8); 24] = [
    (1, 2),
    (2, 2),
    (3, 2),
    (4, 2),
    (5, 2),
    (6, 2),
    (7, 2),
    (8, 2),
    (9, 1),
    (10, 1),
    (11, 1),
    (13, 1),
    (14, 1),
    (15, 1),
    (16, 2),
    (17, 1),
    (18, 1),
    (19, 2),
    (20, 1),
    (21, 1),
    (22, 1),
    (23, 1),
    (24, 1),
    (25, 1),
];

/// Everything answered, and these numbers so that they count.
fn counting(numbers: &[u8]) -> Answers {
    let mut answers = Answers::default();
    answers.height = Some(1_600);
    answers.weight = Some(if numbers.contains(&12) { 400 } else { 600 });
    for (number, counts) in COUNTS {
        let choice = if numbers.contains(&number) {
            counts
        } else {
            3 - counts
        };
        answers.choose(Sheet::Kihon, number, choice);
    }
    answers
}

fn marks(numbers: &[u8]) -> Vec<&'static str> {
    match verdict(&counting(numbers)) {
        Verdict::Met(met) => met.iter().map(|one| one.mark).collect(),
        Verdict::NotMet => Vec::new(),
        Verdict::Open(open) => panic!("all were answered, yet {open:?} are open"),
    }
}

#[test]
fn each_criterion_is_met_at_its_border_and_not_below() {
    let none: [&str; 0] = [];
    for (numbers, expected) in [
        // ② 3 of 6–10
        (&[6, 7][..], &none[..]),
        (&[8, 9, 10], &["②"]),
        // ③ both
        (&[11], &none),
        (&[12], &none),
        (&[11, 12], &["③"]),
        // ④ 2 of 13–15
        (&[14], &none),
        (&[13, 15], &["④"]),
        // ⑤ 16 alone; 17 alone does not
        (&[17], &none),
        (&[16], &["⑤"]),
        // ⑥ 1 of 18–20
        (&[19], &["⑥"]),
        // ⑦ 2 of 21–25
        (&[21], &none),
        (&[22, 25], &["⑦"]),
        // ① 10 of 1–20, by numbers that meet nothing else; 21 does not count for it
        (&[1, 2, 3, 4, 5, 6, 7, 11, 13], &none),
        (&[1, 2, 3, 4, 5, 6, 7, 11, 13, 21], &none),
        (&[1, 2, 3, 4, 5, 6, 7, 11, 13, 17], &["①"]),
    ] {
        assert_eq!(marks(numbers), expected, "{numbers:?}");
    }
    let all: Vec<u8> = (1..=25).collect();
    assert_eq!(marks(&all), ["①", "②", "③", "④", "⑤", "⑥", "⑦"]);
}

#[test]
fn parts_and_bands_are_told_with_what_is_open() {
    let mut answers = counting(&[6, 7, 21, 22]);
    let (sum, of) = band(&answers);
    assert_eq!((sum.points, of), (4, Some(Band::Prefrail)));
    answers.choose(Sheet::Kihon, 8, 0);
    let (_, moves) = scores(&answers)[1].clone();
    assert_eq!((moves.points, moves.answered(), moves.of), (2, 4, 5));
    assert_eq!(band(&answers).1, Some(Band::Prefrail));
    answers.choose(Sheet::Kihon, 6, 0);
    assert_eq!(band(&answers).1, None, "3, 4 or 5 points");
    assert_eq!(
        band(&counting(&[1, 2, 3, 4, 5, 6, 7, 13])).1,
        Some(Band::Frail)
    );
    assert_eq!(band(&counting(&[1, 2, 3])).1, Some(Band::Robust));
}

#[test]
fn nothing_answered_is_nothing_judged() {
    match verdict(&Answers::default()) {
        // 17 alone can turn no criterion but ①, which has room enough.
        Verdict::Open(open) => assert_eq!(open, (1..=25).collect::<Vec<u8>>()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn seventeen_is_asked_only_where_it_decides() {
    let open = |numbers: &[u8], asked: &[u8]| {
        let mut answers = counting(numbers);
        for number in asked {
            answers.choose(Sheet::Kihon, *number, 0);
        }
        verdict(&answers)
    };
    assert_eq!(open(&[], &[17]), Verdict::NotMet);
    // ⑥ is met by 18 alone; ten of twenty are out of reach without it.
    assert_eq!(open(&[1, 2, 3], &[17, 18]), Verdict::Open(vec![18]));
    let nine = [1, 2, 3, 4, 5, 6, 7, 11, 13];
    assert_eq!(open(&nine, &[17]), Verdict::Open(vec![17]));
    assert_eq!(open(&nine[1..], &[17, 18]), Verdict::Open(vec![18]));
}

/// Every way to answer what is open.
fn completions(answers: &Answers, open: &[u8]) -> Vec<Answers> {
    let mut all = vec![answers.clone()];
    for number in open {
        let one = |answers: &Answers, counts: bool| {
            let mut answers = answers.clone();
            match COUNTS.iter().find(|(of, _)| of == number) {
                Some((_, yes)) => {
                    let choice = if counts { *yes } else { 3 - yes };
                    answers.choose(Sheet::Kihon, *number, choice);
                }
                None => {
                    answers.height = Some(1_600);
                    answers.weight = Some(if counts { 400 } else { 600 });
                }
            }
            answers
        };
        all = all
            .iter()
            .flat_map(|of| [one(of, false), one(of, true)])
            .collect();
    }
    all
}

proptest! {
    /// With up to six questions open: judged exactly where all ways to answer them agree, and a
    /// question that is named as open does turn it in some of them.
    #[test]
    fn only_what_no_open_question_can_turn_is_judged(
        counting_ones in proptest::collection::vec(1u8..=25, 0..14),
        open in proptest::collection::btree_set(1u8..=25, 0..6),
    ) {
        let mut answers = counting(&counting_ones);
        for number in &open {
            answers.choose(Sheet::Kihon, *number, 0);
        }
        if open.contains(&12) {
            answers.weight = None;
        }
        let open: Vec<u8> = open.into_iter().collect();
        let ends: Vec<bool> = completions(&answers, &open)
            .iter()
            .map(|of| matches!(verdict(of), Verdict::Met(_)))
            .collect();
        match verdict(&answers) {
            Verdict::Met(_) => prop_assert!(ends.iter().all(|met| *met)),
            Verdict::NotMet => prop_assert!(ends.iter().all(|met| !met)),
            Verdict::Open(named) => {
                prop_assert!(ends.contains(&true) && ends.contains(&false));
                let ends = |answers: &Answers| matches!(verdict(answers), Verdict::Met(_));
                for number in &open {
                    let others: Vec<u8> = open.iter().copied().filter(|one| one != number).collect();
                    let decides = completions(&answers, &others).iter().any(|of| {
                        let both = completions(of, &[*number]);
                        ends(&both[0]) != ends(&both[1])
                    });
                    prop_assert_eq!(named.contains(number), decides, "{}", number);
                }
            }
        }
    }
}
