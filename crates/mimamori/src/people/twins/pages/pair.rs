//! Two records side by side: what agrees, what differs, and what somebody makes of it.

use axum::Form;
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};

use super::shown::{self, Side};
use super::two;
use crate::audit::Fields;
use crate::front::look::{self, Choice, Entry, Field, Head, Kind, Link, Problems, Tone, Weight};
use crate::front::{Asked, Flash, Place, Problem};
use crate::ids::{PersonId, RowId};
use crate::people::pages::typed::{Reader, Typed, plain};
use crate::people::pages::{Stop, admit, witness};
use crate::people::rules::{Group, Item, Part, Person, Refusal};
use crate::people::store as people;
use crate::people::twins::acts::{self, Belonging, Seen, Since};
use crate::people::twins::rules::{
    self, Pair, PairState, Pick, Picks, Piece, Refusal as NotMerged, joined,
};
use crate::people::twins::store::pairs;

const TITLE: &str = "2つの記録を見くらべる";
/// A reason longer than this is a note for the record.
const MOST: usize = 200;

/// The two, each seen and witnessed.
struct Both {
    kept: Person,
    gone: Person,
    pair: Option<Pair>,
    /// What other rooms hold of each, in words.
    held: [Vec<String>; 2],
}

/// Side by side. The first of the address is the one that would stay.
pub async fn page(
    asked: Asked,
    Path(ids): Path<(String, String)>,
    belongings: &'static [Belonging],
) -> Result<Markup, Stop> {
    let both = open(&asked, two(&ids)?, belongings).await?;
    sheet(&asked, &both, &Typed::default(), &Problems::default())
}

async fn open(
    asked: &Asked,
    (kept, gone): (PersonId, PersonId),
    belongings: &'static [Belonging],
) -> Result<Both, Stop> {
    // Both purposes first: whoever may see one only is shown neither.
    admit(asked, kept).await?;
    admit(asked, gone).await?;
    let fields = Group::all_fields().and(Fields::PHOTO).and(Fields::TAGS);
    witness(asked, kept, fields).await?;
    witness(asked, gone, fields).await?;
    let mut conn = asked.read().await?;
    let deed = &asked.deed;
    let mut held = [Vec::new(), Vec::new()];
    let ever = Since {
        id: RowId(0),
        at: 0,
    };
    for (id, held) in [kept, gone].into_iter().zip(&mut held) {
        for belonging in belongings {
            let rows = (belonging.since)(&mut conn, deed, id, ever).await?;
            held.extend(rows.into_iter().map(|row| row.words));
        }
    }
    let pair = pairs::find(&mut conn, deed, kept, gone).await?;
    let kept = people::find(&mut conn, deed, kept).await?;
    let gone = people::find(&mut conn, deed, gone).await?;
    let (kept, gone) = kept.zip(gone).ok_or(Refusal::NotFound)?;
    Ok(Both {
        kept,
        gone,
        pair,
        held,
    })
}

fn address(both: &Both) -> String {
    format!("/twins/{}/{}", both.kept.id, both.gone.id)
}

fn sheet(asked: &Asked, both: &Both, typed: &Typed, problems: &Problems) -> Result<Markup, Stop> {
    let side = |person: &Person| rules::Side::of(&person.identity.value, &person.contacts.value);
    let likeness = rules::compare(&side(&both.kept), &side(&both.gone));
    let (kept, gone) = (seen(&both.kept), seen(&both.gone));
    let swapped = format!("/twins/{}/{}", both.gone.id, both.kept.id);
    let body = html! {
        (look::problem_summary(problems))
        p { (look::text_link(Link::new("一覧にもどる", "/twins"))) }
        @if let Some(pair) = &both.pair { (standing(pair)) }
        (shown::table(&likeness, HEADS, kept, gone))
        (shown::legend())
        (held(both))
        (look::section("別の人のとき", other_form(both, typed, problems)))
        (look::section("同じ人のとき", html! {
            p { "残す記録は「" (both.kept.identity.value.name) "さん（" (both.kept.standing.registered_on) "登録）」です。"
                (look::text_link(Link::new("残すほうを入れかえる", &swapped))) }
            (merge_form(both))
        }))
        (look::section("決められないとき", look::act(
            Weight::Quiet, "あとで確かめる", "", &format!("{}/later", address(both)), &[],
        )))
    };
    Ok(asked.page(Place::People, TITLE, body)?)
}

const HEADS: [&str; 2] = ["残す記録", "まとめる記録"];

fn seen(person: &Person) -> Side<'_> {
    Side {
        identity: &person.identity.value,
        contacts: &person.contacts.value,
    }
}

/// What was said of the pair before.
fn standing(pair: &Pair) -> Markup {
    let (title, words) = match pair.state {
        PairState::Other => ("別の人と確かめた組です", "そのときの理由："),
        _ if !pair.words.reason.is_empty() => (
            "別の人と確かめたあとで、記録が変わりました",
            "そのときの理由：",
        ),
        _ => return html! {},
    };
    look::notice(
        Tone::Notice,
        title,
        html! { p { (words) @if pair.words.reason.is_empty() { "（記入なし）" } @else { (pair.words.reason) } } },
    )
}

/// What other rooms hold of each.
fn held(both: &Both) -> Markup {
    let list = |held: &[String]| {
        html! {
            @if held.is_empty() { "なし" } @else { @for (at, words) in held.iter().enumerate() { @if at > 0 { br; } (words) } }
        }
    };
    look::section(
        "それぞれの記録に付いているもの",
        look::record(&[
            Entry::new(HEADS[0], list(&both.held[0])),
            Entry::new(HEADS[1], list(&both.held[1])),
        ]),
    )
}

fn other_form(both: &Both, typed: &Typed, problems: &Problems) -> Markup {
    let mut reason = plain(
        "reason",
        "別の人とわかった理由",
        Kind::Long,
        typed,
        problems,
    );
    reason.hint = "例：双子の姉妹、電話で2人いることを確かめた。空けておくこともできます。";
    html! {
        p { "記録が変わるまで、この組はもうおたずねしません。" }
        (look::form(&format!("{}/other", address(both)), html! {
            (look::field(&reason))
            (look::buttons("別の人として残す", None))
        }))
    }
}

/// What the two say of a piece.
fn texts(person: &Person, piece: Piece) -> String {
    let identity = &person.identity.value;
    let of = |labels: &[&str]| {
        let items = identity.items().into_iter();
        let wanted = items.filter(|item| labels.iter().any(|label| item.label.starts_with(label)));
        let filled = wanted.filter(|item: &Item| !item.text.is_empty());
        filled.map(|item| item.text).collect::<Vec<_>>().join("　")
    };
    match piece {
        Piece::Name => of(&["氏名", "フリガナ"]),
        Piece::Sex => of(&["性別"]),
        Piece::Born => of(&["生年月日"]),
        Piece::Home => of(&["郵便番号", "住所"]),
        Piece::Phones => of(&["電話"]),
        Piece::Living => of(&["世帯"]),
        Piece::Contacts => shown::lines(&person.contacts.value),
        Piece::Medical => shown::lines(&person.medical.value),
        Piece::Care => shown::lines(&person.care.value),
        Piece::Finder => shown::lines(&person.finder.value),
        Piece::Photo => person
            .photo
            .map_or(String::new(), |at| format!("写真あり（{at}）")),
    }
}

fn merge_form(both: &Both) -> Markup {
    let open = Piece::ALL.iter().copied().filter_map(|piece| {
        let (kept, gone) = (texts(&both.kept, piece), texts(&both.gone, piece));
        // Where one is blank the other is taken; there is nothing to choose.
        (kept != gone && !kept.is_empty() && !gone.is_empty()).then_some((piece, kept, gone))
    });
    html! {
        p { "内容がちがう項目ごとに、どちらを残すかを選んでください。片方にしか書かれていない内容は、そのまま残ります。"
            "まとめる記録も消えません。タグ・照会・履歴は1つの記録に集まり、あとで元にもどせます。" }
        (look::form(&format!("{}/merging", address(both)), html! {
            (look::hidden("kept", &acts::stamp(&both.kept)))
            (look::hidden("gone", &acts::stamp(&both.gone)))
            @for (piece, kept, gone) in open { (choice(piece, &kept, &gone)) }
            (consent(both))
            (look::buttons("1つの記録にまとめる", None))
        }))
    }
}

fn choice(piece: Piece, kept: &str, gone: &str) -> Markup {
    let photo = piece == Piece::Photo;
    let hint = |text| if photo { "" } else { text };
    let mut choices = vec![
        Choice {
            value: Pick::Kept.code(),
            label: Pick::Kept.word(),
            hint: hint(kept),
        },
        Choice {
            value: Pick::Gone.code(),
            label: Pick::Gone.word(),
            hint: hint(gone),
        },
    ];
    if piece.joins() {
        choices.push(Choice::new(Pick::Both.code(), Pick::Both.word()));
    }
    let field = Field {
        name: piece.code(),
        label: piece.word(),
        value: Picks::default().of(piece).code(),
        ..Field::default()
    };
    look::radios(&field, &choices)
}

/// Both answers and the one that will hold: nobody chooses it.
fn consent(both: &Both) -> Markup {
    let (a, b) = (&both.kept.consent.value, &both.gone.consent.value);
    let result = joined::consent(a, b);
    let head = ["同意", HEADS[0], HEADS[1], "まとめたあと"].map(Head::new);
    let (a_items, b_items) = (a.items(), b.items());
    let rows: Vec<Vec<Markup>> = result
        .items()
        .into_iter()
        .zip(a_items.iter().zip(&b_items))
        .map(|(after, (a, b))| {
            [&after.label, &a.text, &b.text, &after.text]
                .map(|text| html! { (text) })
                .to_vec()
        })
        .collect();
    html! {
        (look::table("同意", &head, &rows))
        @if joined::asks_consent(a, b) {
            p { "同意の答えがちがうので、ご本人に確かめるまでは「同意しない」や撤回のほうの答えにします（片方がまだうかがっていないときは、うかがったほうの答えです）。確かめる「やること」を、担当センターに作ります。" }
        }
    }
}

/// They are two people.
pub async fn other(
    asked: Asked,
    Path(ids): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Stop> {
    let pair = two(&ids)?;
    admit(&asked, pair.0).await?;
    admit(&asked, pair.1).await?;
    let mut reader = Reader::new(&typed);
    let reason = reader.line("reason", MOST);
    if !reader.problems.is_empty() {
        let words = "理由は200字までで入れてください。";
        return Err(Problem::refused(words).into());
    }
    acts::say_other(asked.db(), &asked.deed, pair, reason).await?;
    let words = "別の人として残しました。記録が変わるまで、この組はおたずねしません。";
    Ok(asked.redirect("/twins", Flash::done(words)))
}

/// Not now.
pub async fn later(asked: Asked, Path(ids): Path<(String, String)>) -> Result<Response, Stop> {
    let pair = two(&ids)?;
    admit(&asked, pair.0).await?;
    admit(&asked, pair.1).await?;
    acts::say_later(asked.db(), &asked.deed, pair).await?;
    let words = "「あとで見る組」に移しました。";
    Ok(asked.redirect("/twins", Flash::done(words)))
}

/// They are one person.
pub async fn merge(
    asked: Asked,
    Path(ids): Path<(String, String)>,
    Form(typed): Form<Typed>,
    belongings: &'static [Belonging],
) -> Result<Response, Stop> {
    let (kept, gone) = two(&ids)?;
    admit(&asked, kept).await?;
    admit(&asked, gone).await?;
    let picks = Piece::ALL.iter().filter_map(|piece| {
        let pick = Pick::from_code(typed.get(piece.code()))?;
        Some((*piece, pick))
    });
    let seen = Seen {
        kept,
        gone,
        stamps: [typed.get("kept").to_owned(), typed.get("gone").to_owned()],
    };
    let picks = Picks(picks.collect());
    match acts::merge(asked.db(), &asked.deed, seen, picks, belongings).await {
        Ok(_) => {
            let words = "2つの記録を1つにまとめました。元にもどすときは、この画面の「まとめた記録」からできます。";
            Ok(asked.redirect(&format!("/people/{kept}"), Flash::done(words)))
        }
        Err(NotMerged::Changed) => Err(Problem::changed(&format!("/twins/{kept}/{gone}")).into()),
        Err(refusal) => Err(refusal.into()),
    }
}
