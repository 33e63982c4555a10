//! A year of the Station, as full as its sheet may be.

use press::{Bar, Great, StationYear};

fn great(label: &str, number: &str, unit: &str) -> Great {
    let [label, number, unit] = [label, number, unit].map(str::to_owned);
    Great {
        label,
        number,
        unit,
    }
}

fn bars(list: &[(&str, u64)], unit: &str) -> Vec<Bar> {
    list.iter()
        .map(|(label, number)| Bar {
            label: (*label).to_owned(),
            words: format!("{number}{unit}"),
            number: *number,
        })
        .collect()
}

/// With the longest names that may be.
pub fn year() -> StationYear {
    let months = [
        1_802, 1_911, 1_420, 1_650, 980, 1_733, 2_010, 1_870, 1_540, 1_498, 1_702, 1_894,
    ];
    let months = months.into_iter().enumerate().map(|(at, number)| Bar {
        label: format!("{}月", (at + 3) % 12 + 1),
        words: number.to_string(),
        number,
    });
    let long = "スマートフォンの困りごとを何でも相談できる会（はじめての方も、機種がちがう方も）";
    StationYear {
        title: "2026年度　ステーションのあゆみ".to_owned(),
        great: vec![
            great("来た方（延べ）", "20,010", "人"),
            great("来た方（実人数）", "1,204", "人"),
            great("はじめて来た方", "388", "人"),
            great("開いた講座", "412", "回（61講座）"),
            great("支えたサポーター", "103", "人"),
            great("渡した商店街の券", "1,204,500", "円"),
        ],
        months: months.collect(),
        parties: bars(
            &[
                ("サポーター", 9_210),
                ("みなみ町地域包括支援センター", 3_881),
                ("医療法人社団みなみ会 みなみ総合病院 地域連携室", 2_204),
                ("柳通り商店街振興組合", 1_990),
                ("みなみ薬局", 1_402),
                ("ほか6団体", 1_323),
            ],
            "人",
        ),
        courses: bars(
            &[
                ("公園体操", 4_120),
                ("元気かあさんの食堂", 3_908),
                (long, 1_204),
                ("やさしい書道", 1_100),
                ("英語であいさつ", 902),
                ("折り紙", 744),
                ("歌の会", 730),
            ],
            "人",
        ),
        roles: bars(
            &[("お手伝い", 812), ("調理", 604), ("受付", 588), ("準備・片づけ", 402), ("講師", 366)],
            "回",
        ),
        watch: bars(
            &[("みなみ総合病院", 52), ("みなみ薬局", 48), ("みなみ町地域包括支援センター", 40), ("ひがし訪問看護ステーション", 12)],
            "回",
        ),
        noticed: bars(
            &[
                ("ステーションからの気づき", 31),
                ("はじめての知らせだった方", 22),
                ("支援が始まった", 14),
                ("必要な助けが届いた", 9),
            ],
            "件",
        ),
        notes: vec![
            "2027年4月12日に締めた数です。その後に入力・訂正した分は入っていません。".to_owned(),
            "＊ は、5未満の数と、引き算で5未満の数がわかる数です。来た方が5人に満たない講座・主催・役割は、「ほか」にまとめています。".to_owned(),
            "延べは参加で来た回数、実人数は同じ方を1人と数えた人数です。名前のわからない方は、延べにだけ入っています。".to_owned(),
            "「記録なし」は、受付の記録がない回です。来た方がいなかったという意味ではありません。".to_owned(),
        ],
    }
}
