//! A month of the Station.

use press::{Courses, Lesson};

/// A month as full as the Station's, with the longest title that may be.
pub fn courses(large: bool) -> Courses {
    let titles = [
        "公園体操",
        "元気かあさんの食堂",
        "はじめての書道",
        "スマートフォンの困りごとを何でも相談できる会（はじめての方も、機種がちがう方も）",
        "英語であいさつ",
    ];
    let lesson = |at: usize| Lesson {
        day: (at * 3 / 4 + 1).to_string(),
        weekday: ["月", "火", "水", "木", "金", "土", "日"][at * 3 / 4 % 7].to_owned(),
        hours: ["10:00～11:00", "11:30～13:30", "13:30～15:00"][at % 3].to_owned(),
        title: titles[at % 5].to_owned(),
        place: ["柳通りステーション", "第一児童公園"][at % 2].to_owned(),
        about: [
            "無料",
            "持ち物：水筒、タオル、動きやすい服装",
            "どなたでも",
            "申し込みは不要です",
        ]
        .map(str::to_owned)
        .to_vec(),
        mark: ["", "", "", "中止", "", "変更", ""][at % 7].to_owned(),
        why: [
            "",
            "",
            "",
            "暑さのため中止（35度をこえる予報のため）",
            "",
            "6月5日（金） 10:00から変わりました（会場の工事のため）",
            "",
        ][at % 7]
            .to_owned(),
    };
    Courses {
        title: "2026年6月の講座".to_owned(),
        large,
        notes: vec!["お休み：6月22日（月）～6月23日（火）　館内点検".to_owned()],
        lessons: (0..36).map(lesson).collect(),
    }
}
