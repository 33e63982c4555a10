//! Ordering a batch of numbers, watching it being made, taking the list for the maker.

use axum::Form;
use axum::extract::Path;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::{back, said, told};
use crate::front::look::{
    self, Choice, Entry, Field, Kind, Link, Problems, Progress, Weight, buttons, field, form,
    problem_summary,
};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::RowId;
use crate::tags::acts;
use crate::tags::rules::{
    Batch, CarrierKind, Encoding, KINDS, ListRow, MOST_NUMBERS, Mix, Order, Refusal, listed,
};
use crate::tags::store;

/// Seconds between two looks at a batch that is being made.
const LOOK_AGAIN: u32 = 2;

/// An order as typed.
#[derive(Deserialize, Default)]
pub struct OrderForm {
    #[serde(default)]
    count: String,
    #[serde(default)]
    key_holder: String,
    #[serde(default)]
    magnet: String,
    #[serde(default)]
    sticker: String,
    #[serde(default)]
    iron_on: String,
    #[serde(default)]
    note: String,
}

impl OrderForm {
    fn of(&self, kind: CarrierKind) -> &str {
        match kind {
            CarrierKind::KeyHolder => &self.key_holder,
            CarrierKind::Magnet => &self.magnet,
            CarrierKind::Sticker => &self.sticker,
            CarrierKind::IronOn => &self.iron_on,
        }
    }

    /// The order; what can't be read as a count is out of every bound.
    fn read(&self) -> Order {
        Order {
            count: figure(&self.count).unwrap_or(0),
            mix: Mix(KINDS.map(|kind| figure(self.of(kind)).unwrap_or(-1))),
            note: self.note.trim().chars().take(200).collect(),
        }
    }
}

/// A count in any width; nothing typed is 0.
fn figure(text: &str) -> Option<i64> {
    let plain = text.trim().replace([',', '，'], "");
    if plain.is_empty() {
        return Some(0);
    }
    words::digits::fold(&plain).ok()?.parse().ok()
}

/// The form.
pub async fn new(asked: Asked) -> Result<Markup, Problem> {
    let typed = OrderForm {
        count: "100".to_owned(),
        key_holder: "1".to_owned(),
        ..OrderForm::default()
    };
    order_page(&asked, &typed, &Problems::default())
}

fn order_page(asked: &Asked, typed: &OrderForm, problems: &Problems) -> Result<Markup, Problem> {
    let count = Field {
        name: "count",
        label: "番号の数",
        hint: "1から10,000まで。",
        value: &typed.count,
        kind: Kind::Number,
        required: true,
        problem: problems.of("count"),
        ..Field::default()
    };
    let note = Field {
        name: "note",
        label: "メモ",
        hint: "製作会社や配付の予定など。職員だけが見ます。",
        value: &typed.note,
        kind: Kind::Long,
        ..Field::default()
    };
    let body = html! {
        (problem_summary(problems))
        p { "番号は、ほかの町とも重ならないように、くじで決まります。発行した番号は、使わなくなってもほかの方に使うことはありません。" }
        (form("/tags/batches", html! {
            (field(&count))
            (look::fieldset("1つの番号につける品物の数", html! {
                p.hint { "シールやラベルは、1枚ごとにQRコードがちがいます。1枚だけを止めることができます。" }
                @for kind in KINDS { (kind_field(kind, typed, problems)) }
            }))
            (field(&note))
            (buttons("発行する", Some(Link::new("やめる", "/tags"))))
        }))
    };
    asked.page(Place::Tags, "番号を発行する", body)
}

fn kind_field(kind: CarrierKind, typed: &OrderForm, problems: &Problems) -> Markup {
    field(&Field {
        name: kind.code(),
        label: kind.word(),
        value: typed.of(kind),
        kind: Kind::Number,
        problem: problems.of(kind.code()),
        ..Field::default()
    })
}

/// Takes the order, and has the numbers made behind the progress page.
pub async fn order(asked: Asked, Form(typed): Form<OrderForm>) -> Result<Response, Problem> {
    match acts::order_batch(asked.db(), &asked.deed, typed.read()).await {
        Ok(batch) => {
            make(&asked, batch);
            Ok(asked.redirect(
                &format!("/tags/batches/{batch}"),
                Flash::done("番号を発行しました。"),
            ))
        }
        Err(Refusal::BadOrder) => {
            let words = told(&Refusal::BadOrder).unwrap_or_default();
            let mut problems = Problems::default();
            let count_is_good = (1..=MOST_NUMBERS).contains(&typed.read().count);
            problems.add(if count_is_good { "key_holder" } else { "count" }, words);
            Err(Problem::Refused(order_page(&asked, &typed, &problems)?))
        }
        Err(other) => Err(other.into()),
    }
}

/// Makes the numbers beside the request. Where it is cut short, the page offers to go on; where
/// somebody else makes them already, `Changed` ends it.
fn make(asked: &Asked, batch: RowId) {
    let (app, deed) = (asked.app.clone(), asked.deed.clone());
    tokio::spawn(async move {
        if let Err(refusal) = acts::fill_batch(&app.db, &app.vault, &deed, batch).await {
            tracing::warn!(cause = %refusal, "making numbers stopped");
        }
    });
}

async fn find(asked: &Asked, id: RowId) -> Result<Batch, Problem> {
    let found = store::find_batch(&mut asked.read().await?, &asked.deed, id).await?;
    found.ok_or(Problem::NotFound)
}

/// One batch: how far it is, and the list for the maker.
pub async fn show(asked: Asked, Path(id): Path<RowId>) -> Result<Markup, Problem> {
    let batch = find(&asked, id).await?;
    let (base, now) = (format!("/tags/batches/{id}"), asked.deed.now);
    let mut entries = vec![
        Entry::new("番号の数", html! { (said::count(batch.order.count)) }),
        Entry::new("1つの番号につける品物", html! { (batch.order.mix.words()) }),
        Entry::new("発行", said::moment(batch.ordered_at, now)),
    ];
    if !batch.order.note.is_empty() {
        entries.push(Entry::new("メモ", html! { (batch.order.note) }));
    }
    let body = html! {
        (look::record(&entries))
        @if batch.is_in_making() { (in_making(&batch, &base)) } @else { (for_maker(&batch, &base, now)) }
    };
    let mut shell = asked.shell(Place::Tags)?;
    shell.refresh = batch.is_in_making().then_some(LOOK_AGAIN);
    Ok(look::page(&shell, "発行した番号", body))
}

fn in_making(batch: &Batch, base: &str) -> Markup {
    let counts = [];
    html! {
        (look::progress(&Progress {
            title: "番号を作っています",
            done: batch.made.unsigned_abs(),
            total: Some(batch.order.count.unsigned_abs()),
            rate: "",
            left: "",
            counts: &counts,
        }))
        p { "このページを離れても続きます。数が増えないときは、続きから作れます。" }
        (look::act(Weight::Quiet, "続きから作る", "", &format!("{base}/filling"), &[]))
    }
}

fn for_maker(batch: &Batch, base: &str, now: jiff::Timestamp) -> Markup {
    let choices = [
        Choice {
            hint: "ふつうはこちら。Excelでも開けます。",
            ..Choice::new(Encoding::Utf8.code(), "UTF-8")
        },
        Choice {
            hint: "古いソフトで文字が化けるとき。",
            ..Choice::new(Encoding::Cp932.code(), "シフトJIS（CP932）")
        },
    ];
    let encoding = Field {
        name: "encoding",
        label: "文字コード",
        value: Encoding::Utf8.code(),
        ..Field::default()
    };
    look::section(
        "製作用の一覧",
        html! {
            @match batch.taken_at {
                Some(at) => p { (said::moment(at, now)) "に書き出しました。もう一度書き出すこともできます。" },
                None => p { "まだ書き出していません。" },
            }
            p { "1行が品物1つです。印刷する番号、種類、QRコードの中身が入ります。個人の情報は入りませんが、番号の一覧ですので、取り扱いにご注意ください。書き出すたびに記録が残ります。" }
            (form(&format!("{base}/list"), html! {
                (look::radios(&encoding, &choices))
                (buttons("一覧を書き出す（CSV）", Some(Link::new("タグへもどる", "/tags"))))
            }))
            p { (look::text_link(Link::new("センターのプリンターでシールにする", &format!("/papers/batches/{}", batch.id)))) }
        },
    )
}

/// Goes on making the numbers of a batch that was cut short.
pub async fn fill(asked: Asked, Path(id): Path<RowId>) -> Result<Response, Problem> {
    let batch = find(&asked, id).await?;
    if batch.is_in_making() {
        make(&asked, id);
    }
    back(
        &asked,
        &format!("/tags/batches/{id}"),
        Ok(Flash::done("続きから作っています。")),
    )
}

/// How the list is wanted.
#[derive(Deserialize)]
pub struct ListForm {
    #[serde(default)]
    encoding: String,
}

/// The list as a file.
pub async fn list(
    asked: Asked,
    Path(id): Path<RowId>,
    Form(wanted): Form<ListForm>,
) -> Result<Response, Problem> {
    let to_make = acts::take_list(asked.db(), &asked.deed, id).await?;
    let public_url = &asked.app.config.public_url;
    let rows: Vec<ListRow> = to_make
        .into_iter()
        .map(|(number, carrier)| ListRow {
            number,
            kind: carrier.kind,
            address: carrier.address(public_url),
        })
        .collect();
    let encoding = Encoding::from_code(&wanted.encoding);
    let kind = match encoding {
        Encoding::Utf8 => "text/csv; charset=utf-8",
        Encoding::Cp932 => "text/csv; charset=shift_jis",
    };
    let name = format!("attachment; filename=\"tags-{id}.csv\"");
    let headers = [(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, listed(&rows, encoding)).into_response())
}
