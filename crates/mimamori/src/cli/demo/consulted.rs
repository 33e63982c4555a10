//! Consultations of the demo's past months.

use std::collections::HashMap;

use super::Failure;
use super::stage::{Stage, phone, unexpected};
use crate::consultations::{
    self, AgeBand, Alone, Card, Entry, New, Source, Subject, Topics, Urgency, Way, Words,
};
use crate::ids::{CenterId, PersonId, StaffId};
use crate::people;

/// Working days that are filled, counted back from today.
const DAYS: i64 = 120;

/// What was asked and answered, with the contents by their numbers in the town's list.
const TALKS: [(&[u8], Source, &str, &str); 12] = [
    (
        &[1],
        Source::Family,
        "母の介護保険を申請したい。何を持っていけばよいか。",
        "申請書と保険証を案内し、代行もできると伝えた。",
    ),
    (
        &[2],
        Source::Person,
        "通いの場の体操に行ってみたい。",
        "近くの通いの場を2か所案内した。見学の日を決めた。",
    ),
    (
        &[3],
        Source::Person,
        "薬が増えて、飲み忘れてしまう。",
        "お薬カレンダーを案内し、薬局に相談するようすすめた。",
    ),
    (
        &[4, 10],
        Source::Family,
        "同じことを何度も聞かれ、つい大きな声を出してしまう。",
        "つらさをうかがい、もの忘れ外来と家族会を案内した。",
    ),
    (
        &[5],
        Source::Family,
        "父の通帳の管理が心配。成年後見とは何か。",
        "制度のしくみを説明した。来週、資料を持っておたずねする。",
    ),
    (
        &[6],
        Source::Neighbour,
        "となりの方が、屋根の工事を次々に頼んでおられるようだ。",
        "消費生活センターの電話を伝え、こちらからも訪問する。",
    ),
    (
        &[8],
        Source::Person,
        "お風呂の段差がこわい。手すりをつけたい。",
        "住宅改修のしくみを説明した。",
    ),
    (
        &[9],
        Source::Welfare,
        "年金だけでは電気代が苦しい、と話しておられた。",
        "生活困窮の窓口につないだ。",
    ),
    (
        &[11],
        Source::Welfare,
        "しばらく集まりに来られない方がいる。",
        "電話でお話しできた。来月の集まりにお誘いした。",
    ),
    (
        &[1, 3],
        Source::Clinic,
        "退院が近い。家に帰ってからの支えを決めたい。",
        "退院前の話し合いの日を決めた。",
    ),
    (
        &[10],
        Source::Family,
        "介護で眠れない日が続いている。",
        "ショートステイを案内し、ケアマネジャーに連絡した。",
    ),
    (
        &[2, 11],
        Source::Person,
        "ひとりで食事をしても、おいしくない。",
        "会食会と配食を案内した。",
    ),
];

/// Takes them down, day by day, at both centers; today's among them.
pub(super) async fn take(stage: &Stage<'_>) -> Result<(), Failure> {
    let known = known(stage).await?;
    for ago in (0..=DAYS).rev() {
        if stage.day(ago).weekday().to_monday_zero_offset() > 4 && ago > 0 {
            continue;
        }
        day(stage, ago, &known).await?;
    }
    stranger(stage).await
}

/// Whom each center knows: whoever takes a consultation down asks nobody for the purpose.
type Known = HashMap<Option<CenterId>, Vec<PersonId>>;

async fn known(stage: &Stage<'_>) -> Result<Known, Failure> {
    let deed = stage.deed(stage.staff.nurse, (0, 9)).await?;
    let mut known = Known::new();
    for number in 5..65 {
        let person = stage.person(&format!("{number:05}")).await?;
        let mut conn = stage.app.db.read().await.map_err(unexpected)?;
        let standing = people::find_standing(&mut conn, &deed, person).await;
        let center = standing.map_err(unexpected)?.and_then(|one| one.center);
        known.entry(center).or_default().push(person);
    }
    Ok(known)
}

/// The receptions of a day: two or three at one's own center, one at the other.
async fn day(stage: &Stage<'_>, ago: i64, known: &Known) -> Result<(), Failure> {
    let staff = stage.staff;
    let at = usize::try_from(ago).unwrap_or_default();
    let by: [StaffId; 4] = [staff.nurse, staff.colleague, staff.other, staff.nurse];
    let most = 3 + at % 2;
    let mut taken = Vec::new();
    for (hour, who) in (9..).step_by(2).zip(by.into_iter().take(most)) {
        let deed = stage.deed(who, (ago, hour)).await?;
        let turn = at * 5 + usize::from(hour.unsigned_abs());
        let own = known.get(&deed.scope.center).map_or(&[][..], Vec::as_slice);
        let subject = match turn % 7 {
            0 => Subject::Nobody,
            1 => Subject::Nameless(AgeBand::From80, Alone::Unknown),
            _ => match own.get(turn * 3 % own.len().max(1)) {
                Some(person) => Subject::Registered(*person),
                None => Subject::Nobody,
            },
        };
        let entry = entry(turn, stage.at(ago, hour));
        taken.push((deed, New { subject, entry }));
    }
    let explains = stage.app.explains;
    let taking = stage.app.db.write(move |conn| {
        Box::pin(async move {
            for (deed, new) in taken {
                consultations::take_in(conn, &deed, explains, new).await?;
            }
            Ok::<_, consultations::Refusal>(())
        })
    });
    taking.await.map_err(unexpected)
}

fn entry(turn: usize, at: jiff::Timestamp) -> Entry {
    let (topics, from, said, answer) = TALKS[turn % TALKS.len()];
    let ways = [Way::Phone, Way::Counter, Way::Phone, Way::Visit, Way::Phone];
    let open = turn.is_multiple_of(9);
    Entry {
        at,
        way: ways[turn % ways.len()],
        from,
        topics: Topics::of(topics.iter().copied()),
        urgency: Urgency::Usual,
        minutes: Some(10 + 5 * u16::try_from(turn % 6).unwrap_or_default()),
        closed: !open,
        next_on: None,
        words: Words {
            said: said.to_owned(),
            answer: answer.to_owned(),
            ..Words::default()
        },
    }
}

/// Somebody who is not registered, heard of twice; the second time with a day to go on.
async fn stranger(stage: &Stage<'_>) -> Result<(), Failure> {
    let card = Card {
        name: "沢口".to_owned(),
        kana: "サワグチ".to_owned(),
        phone: phone("03-0100-3344"),
        address: "みなみ町松ヶ丘3丁目".to_owned(),
        age: AgeBand::From85,
        alone: Alone::Yes,
    };
    let words = [
        (
            20,
            "階段から落ちて腰を打った。ゴミ出しができない。",
            "ゴミの戸別収集を案内した。",
            None,
        ),
        (
            1,
            "まだ痛む。受診のつきそいを頼める人がいない。",
            "受診のつきそいのボランティアに問い合わせる。",
            Some(stage.day(-1)),
        ),
    ];
    for (ago, said, answer, next_on) in words {
        let deed = stage.deed(stage.staff.nurse, (ago, 14)).await?;
        let new = New {
            subject: Subject::Stranger(Box::new(card.clone())),
            entry: Entry {
                at: deed.now,
                way: Way::Phone,
                from: Source::Person,
                topics: Topics::of([3, 11]),
                urgency: Urgency::Soon,
                minutes: Some(20),
                closed: next_on.is_none(),
                next_on,
                words: Words {
                    said: said.to_owned(),
                    answer: answer.to_owned(),
                    next: next_on
                        .map_or("", |_| "つきそいのことで折り返し電話する")
                        .to_owned(),
                    ..Words::default()
                },
            },
        };
        let taken = consultations::take(&stage.app.db, &deed, stage.app.explains, new).await;
        taken.map_err(unexpected)?;
    }
    Ok(())
}
