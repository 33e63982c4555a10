//! The list of events as municipalities publish it: 推奨データセット「イベント一覧」 (event.csv).

use words::municipality::MunicipalityCode;

use super::details::Entry;
use super::shown::{Shown, Surround};
use crate::clock::in_japan;
use crate::people::import::guarded;

/// The columns, in their order.
const COLUMNS: [&str; 36] = [
    "都道府県コード又は市区町村コード",
    "NO",
    "都道府県名",
    "市区町村名",
    "イベント名",
    "イベント名_カナ",
    "イベント名_英語",
    "開始日",
    "終了日",
    "開始時間",
    "終了時間",
    "開始日時特記事項",
    "説明",
    "料金(基本)",
    "料金(詳細)",
    "連絡先名称",
    "連絡先電話番号",
    "連絡先内線番号",
    "主催者",
    "場所名称",
    "住所",
    "方書",
    "緯度",
    "経度",
    "アクセス方法",
    "駐車場情報",
    "定員",
    "参加申込終了日",
    "参加申込終了時間",
    "参加申込方法",
    "URL",
    "備考",
    "カテゴリー",
    "区",
    "公開日",
    "更新日",
];

/// The list. The town's own name of its municipality is not known here, so that column stays empty.
pub fn table(around: &Surround, days: &[Shown]) -> Vec<Vec<String>> {
    let head = COLUMNS.map(str::to_owned).to_vec();
    let rows = days.iter().map(|day| row(around, day));
    [head].into_iter().chain(rows).collect()
}

fn row(around: &Surround, day: &Shown) -> Vec<String> {
    let filled: Vec<(&str, String)> =
        [when(day), what(day), place(day), about(around, day)].concat();
    let cell = |column: &&str| {
        let found = filled.iter().find(|(of, _)| of == column);
        guarded(found.map_or("", |(_, text)| text))
    };
    COLUMNS.iter().map(cell).collect()
}

/// The columns that say when.
fn when(day: &Shown) -> Vec<(&'static str, String)> {
    let date = day.day.to_string();
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    // The words stand where a reader looks first: at the time.
    let moved = day.moved.iter().map(|(_, words)| words.clone());
    let special: Vec<String> = day.off.iter().cloned().chain(moved).collect();
    vec![
        ("開始日", date.clone()),
        ("終了日", date),
        ("開始時間", clock(day.hours.starts)),
        ("終了時間", clock(day.hours.ends)),
        ("開始日時特記事項", special.join("。")),
    ]
}

/// The columns that say what.
fn what(day: &Shown) -> Vec<(&'static str, String)> {
    let lines = [
        ("", &day.about),
        ("持ち物：", &day.bring),
        ("講師：", &day.teacher),
    ];
    let lines = lines.iter().filter(|(_, text)| !text.is_empty());
    let lines: Vec<String> = lines
        .map(|(label, text)| format!("{label}{text}"))
        .collect();
    let entry = match day.entry {
        Entry::Open => "申込不要",
        Entry::SignUp => "電話または窓口",
    };
    vec![
        ("NO", day.id.to_string()),
        ("イベント名", day.title.clone()),
        ("イベント名_カナ", day.reading.clone()),
        ("説明", lines.join("\n")),
        ("料金(基本)", day.fee.to_string()),
        ("主催者", day.by.clone()),
        (
            "定員",
            day.holds.map_or(String::new(), |holds| holds.to_string()),
        ),
        ("参加申込方法", entry.to_owned()),
        ("備考", day.who.word().to_owned()),
        ("更新日", in_japan(day.changed_at).date().to_string()),
    ]
}

/// The columns that say where.
fn place(day: &Shown) -> Vec<(&'static str, String)> {
    let Some(place) = &day.place else {
        return Vec::new();
    };
    vec![
        ("場所名称", place.word.clone()),
        ("住所", place.address.clone()),
        ("アクセス方法", place.access.clone()),
    ]
}

/// The columns that are the town's.
fn about(around: &Surround, day: &Shown) -> Vec<(&'static str, String)> {
    let code = MunicipalityCode::parse(&around.code).ok();
    let prefecture = code.map_or("", MunicipalityCode::prefecture_name);
    vec![
        ("都道府県コード又は市区町村コード", around.code.clone()),
        ("都道府県名", prefecture.to_owned()),
        ("連絡先名称", around.town.clone()),
        ("連絡先電話番号", around.phone.clone()),
        (
            "URL",
            format!("{}?m={}", around.page, day.day.strftime("%Y-%m")),
        ),
    ]
}
