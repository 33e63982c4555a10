//! A supporter's fees by year: paid, waived, taken back; and the town's rules.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::one::enter;
use super::{path, said, settled_at};
use crate::clock::in_japan;
use crate::front::look::{
    self, Choice, Entry, Field, Head, Kind, Link, Problems, Tone, Weight, chip,
};
use crate::front::{Asked, Flash, Problem};
use crate::ids::SupporterId;
use crate::scope::Right;
use crate::station::courses::{Side, Typed, Year, sided, text};
use crate::station::supporters::acts;
use crate::station::supporters::rules::{
    Fee, FeeRules, MOST_FEE, MOST_GRACE, Receipt, Settled, Supporter, Years,
};
use crate::station::supporters::store;

const RULES: &str = "/station/supporters/rules";

/// Years that the page shows, this one and those before; the next is there to be paid ahead.
const SHOWN: usize = 6;

/// How somebody stands with a fee, in one chip.
pub fn stands(fee: &Fee) -> Markup {
    let until = |words: &str, day: jiff::civil::Date| {
        format!("{words}（{}まで）", day.strftime("%-m月%-d日"))
    };
    match fee {
        Fee::None => chip(Tone::Plain, "対象外"),
        Fee::Settled(Settled::Paid { .. }) => chip(Tone::Good, "納入ずみ"),
        Fee::Settled(Settled::Waived { .. }) => chip(Tone::Plain, "免除"),
        Fee::Due(owed) => chip(Tone::Notice, &until("これから", owed.until)),
        Fee::Grace(owed) => chip(Tone::Notice, &until("猶予中", owed.until)),
        Fee::Lapsed(_) => chip(Tone::Warning, "期限切れ"),
    }
}

struct Stand {
    one: Supporter,
    rules: FeeRules,
    years: Years,
    receipts: Vec<Receipt>,
}

impl Stand {
    async fn of(asked: &Asked, id: SupporterId) -> Result<Stand, Problem> {
        let one = enter(asked, id).await?;
        let mut conn = asked.read().await?;
        Ok(Stand {
            one,
            rules: store::fee_rules(&mut conn, &asked.deed).await?,
            years: store::years_of(&mut conn, &asked.deed, id).await?,
            receipts: store::receipts_of(&mut conn, &asked.deed, id).await?,
        })
    }

    fn fee(&self, asked: &Asked, year: Year) -> Fee {
        let today = in_japan(asked.deed.now).date();
        let of = (&self.one.terms, self.one.entered_on);
        self.rules.fee(of, year, &self.years, today)
    }
}

/// The page.
pub async fn page(asked: Asked, Path(id): Path<SupporterId>) -> Result<Markup, Problem> {
    let stand = Stand::of(&asked, id).await?;
    shown(&asked, &stand, &Typed::default(), &Problems::default())
}

fn shown(
    asked: &Asked,
    stand: &Stand,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let this = Year::of(in_japan(asked.deed.now).date());
    let mut years = vec![this.next()];
    while years.len() < SHOWN {
        years.extend(years.last().map(|year| year.before()));
    }
    let fees: Vec<(Year, Fee)> = years
        .into_iter()
        .map(|year| (year, stand.fee(asked, year)))
        .collect();
    let base = format!("{}/fees", path(stand.one.id));
    let owed: Vec<(Year, Fee)> = fees
        .iter()
        .filter(|(_, fee)| fee.owed().is_some())
        .cloned()
        .collect();
    let settled: Vec<Year> = fees
        .iter()
        .filter(|(_, fee)| matches!(fee, Fee::Settled(_)))
        .map(|(year, _)| *year)
        .collect();
    let body = html! {
        (look::problem_summary(problems))
        p { strong { (stand.one.details.name) } "さんの会費（4月から翌年3月まで）" }
        (table(&fees))
        @if !owed.is_empty() { (look::section("会費を受け取る", paying(asked, (&base, this), &owed, typed, problems))) }
        (look::section("領収書", receipts(stand)))
        @if !owed.is_empty() { (look::section("免除する", waiving(&base, &owed, typed, problems))) }
        @if !settled.is_empty() { (look::section("取り消す", undoing(&base, &settled, typed, problems))) }
        p { (look::text_link(Link::new("サポーターの画面にもどる", &path(stand.one.id)))) }
        p { (look::text_link(Link::new("会費のきまり", RULES))) }
    };
    sided(asked, Side::Supporters, "会費", body)
}

fn table(fees: &[(Year, Fee)]) -> Markup {
    let head = ["年度", "状態", "くわしく"].map(Head::new);
    let rows: Vec<Vec<Markup>> = fees
        .iter()
        .map(|(year, fee)| vec![html! { (year) "年度" }, stands(fee), html! { (more(fee)) }])
        .collect();
    look::table("年度ごとの会費", &head, &rows)
}

fn more(fee: &Fee) -> String {
    match fee {
        Fee::None => "この年度は入会していません。".to_owned(),
        Fee::Settled(Settled::Paid {
            amount,
            on,
            receipt,
        }) => {
            format!("{amount}円　{}　領収書 {receipt}", said::date(*on))
        }
        Fee::Settled(Settled::Waived { why }) => why.clone(),
        Fee::Due(owed) | Fee::Grace(owed) | Fee::Lapsed(owed) => {
            let part = if owed.part {
                "（年度の途中から）"
            } else {
                ""
            };
            format!("{}円{part}", owed.amount)
        }
    }
}

fn year_choices(years: impl Iterator<Item = Year>) -> Vec<(String, String)> {
    years
        .map(|year| (year.to_string(), format!("{year}年度")))
        .collect()
}

fn select_year(name: &str, chosen: &str, years: &[(String, String)]) -> Markup {
    let choices: Vec<Choice<'_>> = years
        .iter()
        .map(|(code, word)| Choice::new(code, word))
        .collect();
    let field = Field {
        name,
        label: "年度",
        value: chosen,
        ..Field::default()
    };
    look::select(&field, &choices)
}

fn paying(
    asked: &Asked,
    (base, this): (&str, Year),
    owed: &[(Year, Fee)],
    typed: &Typed,
    problems: &Problems,
) -> Markup {
    let years = year_choices(owed.iter().map(|(year, _)| *year));
    let first = owed.iter().find(|(year, _)| *year == this).or(owed.last());
    let (year, amount) = first.map_or((String::new(), String::new()), |(year, fee)| {
        let amount = fee.owed().map_or(0, |owed| owed.amount);
        (year.to_string(), amount.to_string())
    });
    let or = |name: &str, fresh: String| match typed.of(name) {
        "" => fresh,
        typed => typed.to_owned(),
    };
    let (year, amount) = (or("year", year), or("amount", amount));
    let on = or("on", in_japan(asked.deed.now).date().to_string());
    let field = |name, label| text(typed, problems, name, label);
    look::form(
        &format!("{base}/payment"),
        html! {
            (select_year("year", &year, &years))
            (look::field(&Field { kind: Kind::Number, value: &amount, hint: "年度の途中からの方は、きまりの額になおしてください。", ..field("amount", "受け取った額（円）") }))
            (look::field(&Field { kind: Kind::Short, value: &on, ..field("on", "受け取った日") }))
            (look::button(Weight::Primary, "受け取った", "do", "pay"))
        },
    )
}

fn receipts(stand: &Stand) -> Markup {
    let head = ["番号", "年度", "額", "受け取った日", ""].map(Head::new);
    let action = format!("/papers/supporters/{}/receipt", stand.one.id);
    let rows: Vec<Vec<Markup>> = stand
        .receipts
        .iter()
        .map(|one| {
            let number = one.number.to_string();
            let label = match one.printed {
                0 => "領収書を印刷する",
                _ => "再発行する",
            };
            let last = match &one.undone {
                None => look::act(
                    Weight::Secondary,
                    label,
                    &number,
                    &action,
                    &[("number", &number)],
                ),
                Some(why) => html! { "取り消し" @if !why.is_empty() { "：" (why) } },
            };
            vec![
                html! { (number) },
                html! { (one.fee_year) "年度" },
                html! { (one.amount) "円" },
                html! { (said::date(one.paid_on)) },
                last,
            ]
        })
        .collect();
    html! {
        @if rows.is_empty() { p { "会費を受け取ると、ここから領収書を印刷できます。" } }
        @else { (look::table("領収書の一覧", &head, &rows)) }
    }
}

fn waiving(base: &str, owed: &[(Year, Fee)], typed: &Typed, problems: &Problems) -> Markup {
    let years = year_choices(owed.iter().map(|(year, _)| *year));
    let reason = Field {
        kind: Kind::Long,
        hint: "例：長く入院しているため",
        ..text(typed, problems, "why", "免除する理由")
    };
    look::form(
        &format!("{base}/waiving"),
        html! {
            (select_year("waived", typed.of("waived"), &years))
            (look::field(&reason))
            (look::button(Weight::Secondary, "免除する", "do", "waive"))
        },
    )
}

fn undoing(base: &str, settled: &[Year], typed: &Typed, problems: &Problems) -> Markup {
    let years = year_choices(settled.iter().copied());
    let reason = Field {
        kind: Kind::Long,
        hint: "例：別の方の分とまちがえた",
        ..text(typed, problems, "reason", "取り消す理由")
    };
    html! {
        p { "受け取り、または免除を取り消します。領収書の番号は、取り消した番号として残り、ほかには使いません。渡した領収書は返してもらってください。" }
        (look::form(&format!("{base}/undoing"), html! {
            (select_year("undone", typed.of("undone"), &years))
            (look::field(&reason))
            (look::button(Weight::Quiet, "取り消す", "do", "undo"))
        }))
    }
}

type Sent = Form<Vec<(String, String)>>;

fn year(typed: &Typed, name: &str) -> Result<Year, Problem> {
    let read = Year::from_code(typed.of(name));
    read.ok_or_else(|| Problem::refused("年度を選んでください。"))
}

async fn again(
    asked: &Asked,
    id: SupporterId,
    typed: &Typed,
    problems: &Problems,
) -> Result<Response, Problem> {
    let stand = Stand::of(asked, id).await?;
    Err(Problem::Refused(shown(asked, &stand, typed, problems)?))
}

/// The fee of a year is paid.
pub async fn pay(
    asked: Asked,
    Path(id): Path<SupporterId>,
    Form(sent): Sent,
) -> Result<Response, Problem> {
    enter(&asked, id).await?;
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let year = year(&typed, "year")?;
    let amount = typed.number("amount", MOST_FEE, &mut problems);
    if typed.of("amount").is_empty() {
        problems.add("amount", "受け取った額を入れてください。");
    }
    let on = words::date::parse_full(typed.of("on"))
        .map_err(|problem| problems.add("on", problem.to_string()));
    if let (Some(amount), Ok(on), true) = (amount, on, problems.is_empty()) {
        let done = acts::pay(asked.db(), &asked.deed, (id, year), amount, on).await;
        let to = format!("{}/fees", path(id));
        let flash = "会費を受け取りました。";
        if let Some(page) = settled_at(&asked, &to, done.map(drop), flash, &mut problems)? {
            return Ok(page);
        }
    }
    again(&asked, id, &typed, &problems).await
}

/// It is waived.
pub async fn waive(
    asked: Asked,
    Path(id): Path<SupporterId>,
    Form(sent): Sent,
) -> Result<Response, Problem> {
    enter(&asked, id).await?;
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let year = year(&typed, "waived")?;
    let done = acts::waive(asked.db(), &asked.deed, (id, year), typed.of("why")).await;
    let to = format!("{}/fees", path(id));
    let mut told = Problems::default();
    if let Some(page) = settled_at(&asked, &to, done, "免除にしました。", &mut told)? {
        return Ok(page);
    }
    beside("why", &told, &mut problems);
    again(&asked, id, &typed, &problems).await
}

/// It is taken back.
pub async fn undo(
    asked: Asked,
    Path(id): Path<SupporterId>,
    Form(sent): Sent,
) -> Result<Response, Problem> {
    enter(&asked, id).await?;
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let year = year(&typed, "undone")?;
    let done = acts::reopen(asked.db(), &asked.deed, (id, year), typed.of("reason")).await;
    let to = format!("{}/fees", path(id));
    if let Some(page) = settled_at(&asked, &to, done, "取り消しました。", &mut problems)? {
        return Ok(page);
    }
    again(&asked, id, &typed, &problems).await
}

/// What was said of a reason stands beside this form's own field.
fn beside(field: &str, told: &Problems, problems: &mut Problems) {
    for name in ["reason", "year"] {
        if let Some(problem) = told.of(name) {
            problems.add(field, problem.text);
        }
    }
}

/// The town's rules.
pub async fn rules(asked: Asked) -> Result<Markup, Problem> {
    let rules = store::fee_rules(&mut asked.read().await?, &asked.deed).await?;
    let mut typed = Typed::default();
    for (name, value) in [
        ("amount", i64::from(rules.amount)),
        ("part_from", i64::from(rules.part_from)),
        ("part_amount", i64::from(rules.part_amount)),
        ("grace", i64::from(rules.grace)),
        ("version", rules.version),
    ] {
        typed.put(name, value);
    }
    ruled(&asked, &rules, &typed, &Problems::default())
}

fn ruled(
    asked: &Asked,
    rules: &FeeRules,
    typed: &Typed,
    problems: &Problems,
) -> Result<Markup, Problem> {
    let number = |name, label, hint| Field {
        kind: Kind::Number,
        hint,
        ..text(typed, problems, name, label)
    };
    let months: Vec<(String, String)> = (4..=12)
        .chain(1..=3)
        .map(|month: u8| (month.to_string(), format!("{month}月")))
        .collect();
    let months: Vec<Choice<'_>> = months
        .iter()
        .map(|(code, word)| Choice::new(code, word))
        .collect();
    let body = html! {
        (look::problem_summary(problems))
        p { "会費は4月から翌年3月までの分です。きまりを変えても、もう受け取った年度の額は変わりません。" }
        @if asked.may(Right::Lead) {
            (look::form(RULES, html! {
                (look::hidden("version", typed.of("version")))
                (look::field(&number("amount", "年会費（円）", "")))
                (look::select(&text(typed, problems, "part_from", "途中入会の額にする月（この月からの入会）"), &months))
                (look::field(&number("part_amount", "途中入会の額（円）", "")))
                (look::field(&number("grace", "猶予の日数", "年度の初め（または入会の日）から、この日数のあいだは「期限切れ」になりません。")))
                (look::buttons("保存する", Some(Link::new("やめる", "/station/supporters"))))
            }))
        } @else {
            (look::record(&[
                Entry::new("年会費", html! { (rules.amount) "円" }),
                Entry::new("途中入会の額", html! { (rules.part_from) "月からの入会は" (rules.part_amount) "円" }),
                Entry::new("猶予", html! { (rules.grace) "日" }),
            ]))
            p { "変えるのはセンター長です。" }
        }
    };
    sided(asked, Side::Supporters, "会費のきまり", body)
}

/// Changes them.
pub async fn set_rules(asked: Asked, Form(sent): Sent) -> Result<Response, Problem> {
    asked.need(Right::Lead)?;
    let (typed, mut problems) = (Typed(sent), Problems::default());
    let mut number = |name: &str, most: u32| {
        let read = typed.number(name, most, &mut problems);
        if typed.of(name).is_empty() {
            problems.add(name, "数字を入れてください。");
        }
        read
    };
    let (amount, part_amount) = (number("amount", MOST_FEE), number("part_amount", MOST_FEE));
    let grace = number("grace", MOST_GRACE);
    let part_from = typed.of("part_from").parse().ok();
    let part_from: Option<u8> = part_from.filter(|month| (1..=12).contains(month));
    if part_from.is_none() {
        problems.add("part_from", "月を選んでください。");
    }
    if let (Some(amount), Some(part_amount), Some(grace), Some(part_from)) =
        (amount, part_amount, grace, part_from)
    {
        let new = FeeRules {
            amount,
            part_from,
            part_amount,
            grace,
            version: typed.version(),
        };
        acts::set_fee_rules(asked.db(), &asked.deed, new).await?;
        return Ok(asked.redirect(RULES, Flash::done("保存しました。")));
    }
    let rules = store::fee_rules(&mut asked.read().await?, &asked.deed).await?;
    Err(Problem::Refused(ruled(&asked, &rules, &typed, &problems)?))
}
