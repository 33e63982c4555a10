//! Writes one page with every part of the look, to be looked at: `cargo run --example gallery -- FILE`.
//!
//! The people and numbers are invented. The style sheet is written beside FILE.

use std::path::Path;

use maud::{Markup, html};
use mimamori::front::look::*;

fn main() -> std::io::Result<()> {
    let file = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "gallery.html".into());
    let folder = Path::new(&file).parent().unwrap_or(Path::new("."));
    for (name, _, bytes) in assets() {
        std::fs::write(folder.join(name), bytes)?;
    }
    for (name, text) in [("", gallery()), ("-public", public())] {
        let text = text.into_string().replace("\"/assets/", "\"");
        std::fs::write(file.replace(".html", &format!("{name}.html")), text)?;
    }
    Ok(())
}

fn gallery() -> Markup {
    let body = html! {
        (steps("照会のすすみ", &five_steps()))
        (big_number(&["412", "7735", "0926"], "よん いち に、なな なな さん ご、ゼロ きゅう に ろく"))
        (read_aloud("救急隊に読み上げてよいこと", &said()))
        (section("緊急連絡先（上から順に）", call_list(&calls())))
        (section("今日やること", task_list(&cards())))
        (tabs("登録者の記録", &sides()))
        (sheet(html! { (section("本人", record(&entries()))) (section("これまで", timeline(&events()))) }, side()))
        (section("登録者", people()))
        (scroll_region("取り込むファイルの見本", wide()))
        (empty("まだ照会はありません", "番号が読み上げられると、ここに記録が並びます。まず、左上の枠に番号を入れてください。",
            Some(button_link(Weight::Secondary, Link::new("照会を始める", "/desk")))))
        (section("取り込み", progress(&import())))
        (typed())
    };
    page(&shell(), "部品の見本", body)
}

fn shell() -> Shell {
    let item = |label: &str, current, count| NavItem {
        label: label.into(),
        href: "/today".into(),
        current,
        count,
    };
    Shell {
        network_name: "みなみ町 高齢者見守りネットワーク".into(),
        staff_name: "田中 さくら".into(),
        role_name: "みなみ地域包括支援センター 職員".into(),
        nav: vec![
            item("今日", true, Some(4)),
            item("照会", false, Some(1)),
            item("登録者", false, None),
            item("キーホルダー", false, None),
            item("取り込み", false, None),
            item("記録", false, None),
        ],
        flash: Some(Flash {
            tone: Tone::Good,
            text: "連絡先の順番を入れかえました。".into(),
            undo: Some(Undo {
                label: "元にもどす".into(),
                action: "/undo".into(),
            }),
        }),
        staff: true,
        number_box: true,
        emergency: Some(Emergency {
            title: "引き継ぎ待ちの照会が1件あります".into(),
            text: "夜間受付の佐々木さんから、今日 6:40".into(),
            link_label: "引き受ける".into(),
            href: "/desk".into(),
        }),
        printed_at: "2026年11月22日（日）14:20".into(),
        refresh: None,
        asks_waiting: false,
    }
}

fn five_steps() -> [Step<'static>; 5] {
    let step = |label, state, href| Step { label, state, href };
    [
        step("番号", StepState::Done, Some("/desk/1")),
        step("かけてきた人", StepState::Done, Some("/desk/2")),
        step("伝えること", StepState::Now, None),
        step("家族へ連絡", StepState::Later, None),
        step("しめくくり", StepState::Later, None),
    ]
}

fn said() -> [Said<'static>; 4] {
    let fresh = Confirmed {
        text: "2か月前に本人と確認",
        stale: false,
    };
    let old = Confirmed {
        text: "14か月前に電話で確認",
        stale: true,
    };
    let said = |label, text, reading, confirmed| Said {
        label,
        text,
        reading,
        confirmed,
    };
    [
        said(
            "お名前",
            "渡邉 ハナ子 さん（女性）",
            "わたなべ はなこ",
            None,
        ),
        said("生年月日", "昭和13年4月2日（88歳）", "", None),
        said(
            "病気",
            "糖尿病・高血圧。心臓ペースメーカーあり",
            "",
            Some(old),
        ),
        said("アレルギー", "ペニシリン（じんましん）", "", Some(fresh)),
    ]
}

const PHONES: [Phone<'static>; 2] = [
    Phone {
        label: "携帯",
        tel: "09000001234",
        shown: "090-0000-1234",
    },
    Phone {
        label: "勤め先",
        tel: "0300005678",
        shown: "03-0000-5678",
    },
];
const OUTCOMES: [(&str, &str); 4] = [
    ("reached", "話せた"),
    ("no_answer", "出なかった"),
    ("message", "留守電に残した"),
    ("wrong", "番号がちがう"),
];

fn calls() -> [CallRow<'static>; 2] {
    let first = CallRow {
        order: 1,
        name: "渡邉 健一",
        reading: "わたなべ けんいち",
        relation: "長男（横浜市）",
        phones: &PHONES,
        note: "病気のことも伝えてよい",
        confirmed: Some(Confirmed {
            text: "2か月前に確認",
            stale: false,
        }),
        action: "/desk/calls",
        outcomes: &OUTCOMES,
        attempts: &[Attempt {
            when: "今日 14:22",
            outcome: "出なかった",
            who: "田中",
        }],
    };
    let second = CallRow {
        order: 2,
        name: "小林 美代",
        reading: "こばやし みよ",
        relation: "姪",
        phones: &PHONES[..1],
        note: "居場所だけ伝える（病気のことは伝えない）",
        confirmed: Some(Confirmed {
            text: "3年前から確認なし",
            stale: true,
        }),
        attempts: &[],
        ..first
    };
    [first, second]
}

fn cards() -> Vec<TaskCard<'static>> {
    let card = |tone, due, title, about, note| TaskCard {
        tone,
        due,
        title,
        href: "/tasks/1",
        about,
        note,
        act: TaskAct::Post {
            label: "引き受ける",
            action: "/tasks/1/claim",
        },
    };
    vec![
        card(
            Tone::Danger,
            "1日過ぎています",
            "訪問する",
            "渡邉 ハナ子さん（88歳）・みなみ町2丁目",
            "11月20日の夜、駅前で保護。南病院へ搬送。",
        ),
        TaskCard {
            act: TaskAct::Open(Link::new("電話する", "/tasks/2")),
            ..card(
                Tone::Warning,
                "今日まで",
                "連絡先を確かめる",
                "高橋 正さん（79歳）・きた町1丁目",
                "誕生月の更新です。",
            )
        },
        card(
            Tone::Plain,
            "11月27日まで",
            "キーホルダーを渡す",
            "𠮷田 ふみさん（91歳）・みなみ町5丁目",
            "",
        ),
    ]
}

fn sides() -> [Tab<'static>; 4] {
    let tab = |label, current, count| Tab {
        label,
        href: "/people/1",
        count,
        current,
    };
    [
        tab("本人", true, None),
        tab("緊急連絡先", false, Some(2)),
        tab("医療", false, None),
        tab("だれが見たか", false, Some(7)),
    ]
}

fn entries() -> Vec<Entry<'static>> {
    let change = Some(Link::new("直す", "/people/1/edit"));
    let stale = Some(Confirmed {
        text: "14か月前に電話で確認",
        stale: true,
    });
    let fresh = Some(Confirmed {
        text: "2か月前に訪問で確認",
        stale: false,
    });
    let mut lines = vec![
        Entry::new("氏名", html! { "渡邉 ハナ子（ワタナベ ハナコ）" }),
        Entry::new("生年月日", html! { "1938年（昭和13年）4月2日・88歳" }),
        Entry::new(
            "住所",
            html! { "〒100-0000 みなみ町2丁目3番4号 みなみ荘105" },
        ),
        Entry::new("電話", html! { a href="tel:0300001111" { "03-0000-1111" } }),
        Entry::new("状態", chip(Tone::Good, "登録中")),
    ];
    lines[2].confirmed = fresh;
    lines[3].confirmed = stale;
    lines[3].act = change;
    lines
}

fn events() -> [Event<'static>; 2] {
    let event = |said, full, iso, who, what| Event {
        when: moment(said, full, iso),
        who,
        what: html! { (what) },
    };
    [
        event(
            "今日 14:20",
            "2026年11月22日 14:20",
            "2026-11-22T14:20+09:00",
            "田中 さくら",
            "電話番号を 03-0000-1110 から 03-0000-1111 に直しました。",
        ),
        event(
            "3日前",
            "2026年11月19日 9:05",
            "2026-11-19T09:05+09:00",
            "夜間受付 佐々木",
            "照会：救急隊に氏名と連絡先を伝えました。",
        ),
    ]
}

fn side() -> Markup {
    html! {
        h2 { "状態のしるし" }
        p {
            (chip(Tone::Plain, "未確認")) " " (chip(Tone::Good, "登録中")) " " (chip(Tone::Notice, "貸出中")) " "
            (chip(Tone::Warning, "期限切れ")) " " (chip(Tone::Danger, "紛失"))
        }
        (notice(Tone::Notice, "夜間は転送されます", html! { p { "17時から翌8時30分までは夜間受付が受けます。" } }))
        (notice(Tone::Warning, "同じ人かもしれません", html! { p { "渡辺 花子さん（昭和13年生まれ）が登録されています。" } }))
        (notice(Tone::Danger, "いまは伝えられません", html! { p { "かけてきた人を確かめてから進んでください。" } }))
        p { (act(Weight::Danger, "登録を取り消す", "渡邉 ハナ子さん", "/people/1/withdrawal", &[("version", "3")])) }
        p { (text_link(Link::new("だれがこの方を見たか（印刷用）", "/people/1/seen"))) }
    }
}

fn people() -> Markup {
    let head = [
        Head::new("氏名").sorted("?sort=name", Sorted::Up),
        Head::new("生年月日").sorted("?sort=born", Sorted::No),
        Head::new("住所"),
        Head::figures("照会").sorted("?sort=asked", Sorted::No),
        Head::new("状態"),
    ];
    let row = |name: &str, born: &str, place: &str, asked: u32, state| {
        vec![
            html! { a href="/people/1" { (name) } },
            html! { (born) },
            html! { (place) },
            html! { (asked) "回" },
            state,
        ]
    };
    let rows = [
        row(
            "渡邉 ハナ子",
            "昭和13年4月2日（88歳）",
            "みなみ町2丁目3番4号 みなみ荘105",
            3,
            chip(Tone::Good, "登録中"),
        ),
        row(
            "高橋 正",
            "昭和22年10月30日（79歳）",
            "きた町1丁目12番",
            0,
            chip(Tone::Warning, "確認から1年"),
        ),
        row(
            "𠮷田 ふみ",
            "昭和10年ごろ（91歳くらい）",
            "みなみ町5丁目1番1号",
            12,
            chip(Tone::Danger, "紛失"),
        ),
    ];
    let choices = [
        Choice::new("", "すべて"),
        Choice::new("south", "みなみセンター"),
    ];
    let center = Field {
        name: "center",
        label: "センター",
        ..Field::default()
    };
    html! {
        (filters("/people", "しぼりこむ", select(&center, &choices)))
        (pager(&Pager { shown: "2,000人中 51–100人目", before: Some("?page=1"), after: Some("?page=3") }))
        (table("登録者（氏名のよみ順）", &head, &rows))
    }
}

fn wide() -> Markup {
    let names = [
        "行",
        "氏名",
        "フリガナ",
        "性別",
        "生年月日",
        "郵便番号",
        "住所",
        "電話1",
        "電話2",
        "緊急連絡先1",
        "続柄1",
    ];
    let head: Vec<_> = names.into_iter().map(Head::new).collect();
    let cells = [
        "12",
        "高橋 正",
        "タカハシ タダシ",
        "男",
        "S22.10.30",
        "100-0000",
        "きた町1丁目12番",
        "03-0000-2222",
        "",
        "高橋 明",
        "長女",
    ];
    table(
        "先頭の行",
        &head,
        &[cells.into_iter().map(|cell| html! { (cell) }).collect()],
    )
}

fn import() -> Progress<'static> {
    Progress {
        title: "令和8年度名簿.xlsx を取り込んでいます",
        done: 1_204,
        total: Some(2_000),
        rate: "毎秒 2,140行",
        left: "あと 約1秒",
        counts: &[
            ("加える", "1,180人"),
            ("変わる", "12人"),
            ("とばす", "8行"),
            ("入れられない", "4行"),
        ],
    }
}

fn typed() -> Markup {
    let mut problems = Problems::default();
    problems.add(
        "tel",
        "電話番号の数字が1つ足りないようです。10桁か11桁で書いてください。",
    );
    problems.add(
        "born",
        "昭和には65年がありません。西暦か元号をたしかめてください。",
    );
    let born = DateParts {
        frame: Field {
            name: "born",
            label: "生年月日",
            hint: "わからないところは空けておけます。",
            problem: problems.of("born"),
            ..Field::default()
        },
        era: "showa",
        year: "65",
        month: "4",
        day: "2",
    };
    let person = html! {
        (field(&Field { name: "family", label: "氏", value: "渡邉", required: true, hint: "戸籍や保険証に書かれた文字のまま", ..Field::default() }))
        (field(&Field { name: "tel", label: "電話", value: "03-0000-111", kind: Kind::Tel, problem: problems.of("tel"), ..Field::default() }))
        (date_parts(&born))
        (radios(&Field { name: "sex", label: "性別", value: "f", ..Field::default() },
            &[Choice::new("f", "女性"), Choice::new("m", "男性"), Choice::new("x", "答えない")]))
        (checks(&Field { name: "tier", label: "伝えてよいこと", required: true, ..Field::default() },
            &[Choice { hint: "氏名・住所・緊急連絡先", ..Choice::new("1", "身元") }, Choice { hint: "救急隊と病院だけに", ..Choice::new("2", "医療") }], &["1"]))
        (field(&Field { name: "note", label: "見つけた人に伝えたいこと", kind: Kind::Textarea, value: "耳が遠いので、ゆっくり大きな声で。", ..Field::default() }))
        (file(&Field { name: "photo", label: "顔写真", hint: "JPEG か PNG、10MB まで", ..Field::default() }, ".jpg,.jpeg,.png"))
    };
    html! {
        (problem_summary(&problems))
        (form("/people", html! {
            (hidden("version", "3"))
            (fieldset("本人のこと", person))
            (buttons("登録する", Some(Link::new("やめる", "/people"))))
        }))
    }
}

fn public() -> Markup {
    let language = |code, label, current| Language {
        code,
        label,
        href: "?lang",
        current,
    };
    let shell = PublicShell {
        network_name: "みなみ町 高齢者見守りネットワーク",
        languages: &[
            language("ja", "日本語", true),
            language("ja", "やさしい日本語", false),
            language("en", "English", false),
        ],
        ..PublicShell::default()
    };
    let body = html! {
        p { "このキーホルダーの持ち主は、みなみ町の見守りに登録している方です。お困りのようすでしたら、次の番号へお電話ください。お名前や住所は、このページには出ません。" }
        a.dial href="tel:0300009999" { (Icon::Phone) span.dial-number { "03-0000-9999" } span.dial-label { "24時間つながります" } }
        (big_number(&["412", "7735", "0926"], "よん いち に、なな なな さん ご、ゼロ きゅう に ろく"))
        (notice(Tone::Warning, "けがや具合の悪いときは、先に119番へ", html! { p { "救急の方にも、この番号を伝えてください。" } }))
    };
    public_page(&shell, "お声がけありがとうございます", body)
}
