//! A whole record.

use axum::extract::{Path, Query};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use words::phone::Phone;

use super::gate::{self, Stop};
use super::history::recent;
use super::names::Names;
use super::{gap, person_of, said};
use crate::audit::Fields;
use crate::clock::in_japan;
use crate::front::look::{self, Entry, Flash, Link, Tone, Weight};
use crate::front::{Asked, Place};
use crate::people::rules::{
    Confirmed, Contact, Contacts, Group, Item, Kept, Person, State, Tier, WANTED_CONTACTS, Way,
    telling,
};
use crate::people::{store, twins, views};
use crate::scope::{Actor, Right};

/// Changes shown on the record itself.
const RECENT: u32 = 5;

/// What was just done.
#[derive(Deserialize)]
pub struct Done {
    done: Option<String>,
}

/// The record with all its groups.
pub async fn page(
    asked: Asked,
    Path(id): Path<String>,
    Query(done): Query<Done>,
) -> Result<Markup, Stop> {
    let id = person_of(&id)?;
    let fields = Group::all_fields().and(Fields::PHOTO).and(Fields::HISTORY);
    let person = gate::enter(&asked, id, fields).await?;
    let mut conn = asked.read().await?;
    let names = Names::read_all(&mut conn, &asked.deed).await?;
    let photo = store::photos::find(&mut conn, &asked.deed, id).await?;
    let changes = store::changes::list(&mut conn, &asked.deed, id, RECENT).await?;
    let twins = twins::pairs::count_open_of(&mut conn, &asked.deed, id).await?;
    let leads = asked.may(Right::Lead) && person.standing.center == asked.deed.scope.center;
    let canary = match leads {
        true => Some(views::is_canary(&mut conn, &asked.deed, id).await?),
        false => None,
    };
    let main = html! {
        (warnings(&person))
        @if twins > 0 && asked.may(Right::EditPeople) { (twice(&person, twins)) }
        @for group in Group::ALL { (section(&asked, &person, *group, &names)) }
    };
    let side = html! {
        (face(&asked, &person, photo.map(|(_, jpeg)| jpeg)))
        (standing(&asked, &person, &names))
        @if let Some(on) = canary { (watched(&person, on)) }
        (look::section("最近の変更", html! {
            (recent(&changes, &names, asked.deed.now))
            p { a href={ "/people/" (id) "/history" } { "すべての変更を見る" } }
            p { a href={ "/people/" (id) "/sights" } { "この人の情報を見た人の一覧（印刷して渡せます）" } }
            @if asked.may(Right::EditPeople) { p { a href={ "/people/" (id) "/twins" } { "重複の確認・まとめた記録" } } }
        }))
    };
    let mut shell = asked.shell(Place::People)?;
    let done = done.done.as_deref().and_then(flash);
    shell.flash = done.or(shell.flash);
    let title = format!("{}さん", person.identity.value.name);
    Ok(look::page(&shell, &title, look::sheet(main, side)))
}

fn flash(done: &str) -> Option<Flash> {
    let (tone, text) = match done {
        "saved" => (Tone::Good, "保存しました。"),
        "registered" => (
            Tone::Good,
            "登録しました。つづけて、医療・介護・発見時の注意を加えられます。",
        ),
        "confirmed" => (Tone::Good, "変わりないことを記録しました。"),
        "merged-here" => (
            Tone::Notice,
            "おたずねの記録は、ほかの記録とまとめられています。まとめた先の記録をひらきました。",
        ),
        "photo" => (Tone::Good, "写真を登録しました。"),
        "photo-removed" => (Tone::Good, "写真を消しました。"),
        "look-again" => (
            Tone::Warning,
            "確認を記録する前に、ほかの職員が内容を変えました。もう一度見てから記録してください。",
        ),
        _ => return None,
    };
    Some(Flash {
        tone,
        text: text.to_owned(),
        undo: None,
    })
}

fn warnings(person: &Person) -> Markup {
    let contacts = person.contacts.value.0.len();
    html! {
        @if person.standing.state != State::Registered {
            (look::notice(Tone::Warning, person.standing.state.word(), html! {
                p { "この方は登録中ではありません。タグの番号で照会があったときも、そのように表示されます。" }
            }))
        }
        @if contacts < WANTED_CONTACTS {
            (look::notice(Tone::Notice, "緊急連絡先が足りません", html! {
                p { "いま" (contacts) "人です。2人以上あると、つながらないときに次の方へ電話できます。" }
            }))
        }
    }
}

/// Whether an invented person's record watches who opens it; only the head of its center knows.
fn watched(person: &Person, on: bool) -> Markup {
    let action = format!("/people/{}/canary", person.id);
    let (label, value) = match on {
        true => ("見張りの記録をやめる", "no"),
        false => ("見張りの記録にする", "yes"),
    };
    look::section(
        "見張りの記録",
        html! {
            @if on { p { "だれかがひらくと、閲覧の確認に出ます。このことはセンター長にだけ見えます。" } }
            @else { p { "架空の方の記録だけを選びます。だれかがひらくと、閲覧の確認に出ます。" } }
            (look::act(Weight::Quiet, label, "", &action, &[("on", value)]))
        },
    )
}

/// Somebody may be registered twice.
fn twice(person: &Person, twins: i64) -> Markup {
    look::notice(
        Tone::Notice,
        "同じ方かもしれない記録があります",
        html! { p { (twins) "件あります。" a href={ "/people/" (person.id) "/twins" } { "見くらべる" } } },
    )
}

fn section(asked: &Asked, person: &Person, group: Group, names: &Names) -> Markup {
    let kept = person.group(group);
    let today = in_japan(asked.deed.now).date();
    look::section(
        group.word(),
        html! {
            p { (stamp(kept.confirmed.as_ref(), names, today)) }
            (told(person, group, today))
            (for_finders(asked, person, group))
            @if asked.may(Right::EditPeople) { (acts(person, group, &kept)) }
        },
    )
}

/// A group as it is read to somebody, for the pages of upper rooms too.
pub fn told(person: &Person, group: Group, today: Date) -> Markup {
    match group {
        Group::Contacts => contacts(&person.contacts.value, today),
        _ => lines(person, &person.group(group).value, today),
    }
}

/// What finders get of it.
fn for_finders(asked: &Asked, person: &Person, group: Group) -> Markup {
    html! {
        @match group {
            Group::Contacts if asked.may(Right::EditPeople) => p { a href={ "/people/" (person.id) "/mail" } { "QRの知らせを受け取るメール（確認・訓練）" } },
            Group::Finder => (shown_to_finders(person)),
            _ => {}
        }
    }
}

/// Whether strangers read the notes, and if not, why.
fn shown_to_finders(person: &Person) -> Markup {
    let notes = &person.finder.value.notes;
    let told = telling(notes, &person.identity.value, &person.contacts.value);
    let told: Vec<&str> = told.iter().map(|what| what.word()).collect();
    html! {
        @if notes.trim().is_empty() {}
        @else if !told.is_empty() {
            (look::notice(Tone::Warning, "この注意は、QRコードのページに出していません", html! {
                p { "だれのことかわかってしまうものが入っているようです：" (told.join("、")) "。消すか、言いかえてください。" }
            }))
        } @else if !person.consent.value.board.holds() {
            p { "QRコードのページには出していません（「" (Tier::Board.word()) "」の同意がないため）。" }
        }
    }
}

/// A group line by line, without what is empty.
fn lines(person: &Person, items: &[Item], today: Date) -> Markup {
    let filled = items.iter().filter(|item| !item.text.is_empty());
    let entries: Vec<Entry<'_>> = filled
        .map(|item| Entry::new(&item.label, value(person, item, today)))
        .collect();
    match entries.is_empty() {
        true => html! { p { "まだ記入がありません。" } },
        false => look::record(&entries),
    }
}

/// A value as it is read: age and era beside the birth date, a link on a phone number.
fn value(person: &Person, item: &Item, today: Date) -> Markup {
    if item.label == "生年月日" {
        return said::born(&person.identity.value.born, today);
    }
    match Phone::parse(&item.text) {
        Ok(phone) if item.label.contains("電話") => said::phone(&phone),
        _ => {
            html! { @for (at, line) in item.text.lines().enumerate() { @if at > 0 { br; } (line) } }
        }
    }
}

/// Whom to call, in order.
fn contacts(contacts: &Contacts, today: Date) -> Markup {
    if contacts.0.is_empty() {
        return html! { p { "まだ記入がありません。" } };
    }
    let places: Vec<String> = (1..=contacts.0.len())
        .map(|at| format!("{at}番目"))
        .collect();
    let entries: Vec<Entry<'_>> = contacts
        .0
        .iter()
        .zip(&places)
        .map(|(one, place)| Entry::new(place, contact(one, today)))
        .collect();
    look::record(&entries)
}

fn contact(one: &Contact, today: Date) -> Markup {
    let agreed = one
        .mail
        .as_ref()
        .is_some_and(|mail| mail.agreed_on.is_some());
    html! {
        p { strong { (one.name) } @if !one.relation.is_empty() { "（" (one.relation) "）" } }
        p { @for phone in &one.phones { (said::phone(phone)) } }
        @if let Some(address) = &one.address { p { (address.as_written()) } }
        p { "伝えてよいこと：" (one.may_be_told.word()) }
        @if let Some(mail) = &one.mail {
            p { "メール：" (mail.address) @if !agreed { "（同意なし・送りません）" } @else if mail.proved_on.is_some() { "（同意あり・確認ずみ）" } @else { "（同意あり・アドレスは未確認）" } }
        }
        @if let Some(confirmed) = &one.confirmed { p { small { "最終確認 " (confirmed.words(today)) } } }
    }
}

/// How fresh a group is: when, how and by whom it was last confirmed.
pub fn stamp(confirmed: Option<&Confirmed>, names: &Names, today: Date) -> Markup {
    let text = match confirmed {
        Some(confirmed) => {
            let by = confirmed.by.map(|staff| names.actor(Actor::Staff(staff)));
            let by = by.map_or(String::new(), |name| format!("（{name}）"));
            format!("最終確認 {}{by}", confirmed.words(today))
        }
        None => "確認の記録がありません".to_owned(),
    };
    let stale = confirmed.is_none_or(|confirmed| confirmed.is_stale(today));
    look::chip(if stale { Tone::Warning } else { Tone::Good }, &text)
}

fn acts(person: &Person, group: Group, kept: &Kept<Vec<Item>>) -> Markup {
    let (id, code) = (person.id, group.code());
    let edit = format!("/people/{id}/{code}/edit");
    let label = format!("{}を直す", group.word());
    let open = person.gap(group);
    html! {
        (gap::unasked(&open))
        div.buttons {
            (look::button_link(Weight::Secondary, Link::new(&label, &edit)))
            @if let Some((heard, words)) = gap::said_of(group, &open) { form.act method="post" action={ "/people/" (id) "/confirm" } {
                (look::hidden("group", code))
                (look::hidden("version", &kept.version.to_string()))
                (look::hidden("heard", heard))
                label.unseen for={ "way-" (code) } { (group.word()) "の確認のしかた" }
                select id={ "way-" (code) } name="way" {
                    @for way in Way::ALL { option value=(way.code()) { (way.word()) "で" } }
                }
                button class="button quiet" type="submit" {
                    (words) span.unseen { "：" (group.word()) }
                }
            } }
        }
    }
}

/// The photo stands in the page itself, so that its sight is the page's audit line.
fn face(asked: &Asked, person: &Person, jpeg: Option<Vec<u8>>) -> Markup {
    let name = &person.identity.value.name;
    let edit = format!("/people/{}/photo", person.id);
    look::section(
        "顔写真",
        html! {
            @match &jpeg {
                Some(jpeg) => img.face src={ "data:image/jpeg;base64," (STANDARD.encode(jpeg)) } alt={ (name) "さんの顔写真" };,
                None => p { "写真はありません。" },
            }
            @if asked.may(Right::EditPeople) {
                p { a href=(edit) { @if jpeg.is_some() { "写真をかえる・消す" } @else { "写真を加える" } } }
            }
        },
    )
}

fn standing(asked: &Asked, person: &Person, names: &Names) -> Markup {
    let standing = &person.standing;
    let edit = format!("/people/{}/state", person.id);
    let how = if standing.center_by_hand {
        "（手で選びました）"
    } else {
        ""
    };
    let entries = [
        Entry::new(
            "状態",
            html! {
                (standing.state.word())
                @if let Some(day) = standing.state_on { "（" (said::day(day)) "）" }
            },
        ),
        Entry::new(
            "担当センター",
            html! { (names.center(standing.center)) (how) },
        ),
        Entry::new("登録日", html! { (said::day(standing.registered_on)) }),
    ];
    look::section(
        "登録",
        html! {
            (look::record(&entries))
            @if asked.may(Right::EditPeople) { p { a href=(edit) { "担当センター・状態を変える" } } }
            @if asked.may(Right::EditPeople) { p { a href={ "/people/" (person.id) "/leaving" } { "転出・死亡・とりやめ・消去" } } }
            @if asked.may(Right::EditPeople) { p { a href={ "/renewals/" (person.id) } { "更新（年に一度の確認）" } } }
            @if asked.may(Right::Support) { p { a href={ "/people/" (person.id) "/checklists" } { "チェックリスト（基本チェックリスト・質問票）" } } }
            @if asked.may(Right::Support) { p { a href={ "/people/" (person.id) "/consultations" } { "相談（これまで・受付）" } } }
            @if asked.may(Right::Support) { p { a href={ "/people/" (person.id) "/cases" } { "支援（これまでの支援・始める）" } } }
            @if asked.may(Right::Support) { p { a href={ "/people/" (person.id) "/paths" } { "つなぎ（要介護認定・成年後見など）" } } }
            @if asked.may(Right::Support) { p { a href={ "/people/" (person.id) "/referrals" } { "紹介（紹介先と、お見せした先）" } } }
            @if asked.may(Right::Watch) { p { a href={ "/people/" (person.id) "/watch" } { "様子を書く（ステーションで気になったこと）" } } }
            p { a href={ "/people/" (person.id) "/papers" } { "書類を印刷する（確認書・届・カード）" } }
            @if asked.may(Right::BindTags) { p { a href={ "/people/" (person.id) "/tags" } { "タグ（渡す・なくした・交換）" } } }
            @if asked.may(Right::Desk) { p { a href={ "/desk/people/" (person.id) } { "この方の照会をはじめる（番号なし）" } } }
        },
    )
}
