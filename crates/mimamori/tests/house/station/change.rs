//! Who agreed to being looked at, the list of the week, and what is answered.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use mimamori::deed::Deed;
use mimamori::ids::SupporterId;
use mimamori::scope::Role;
use mimamori::station::change::{self, Gathered, Listed, Refusal, Settings, Signal, State, monday};
use mimamori::station::courses;
use mimamori::station::door::{self, Coming, Part};
use mimamori::station::supporters::{self, Details};
use mimamori::station::watch::{self, About};
use rhythm::{Meeting, Roll};

use super::listed::{WEEK, fridays, says, visit};
use super::signed::today;
use super::{joined, known, said, tied};
use crate::hanako;
use crate::leaving::erase;
use crate::town::{Town, on_both};

async fn agree(town: &Town, id: SupporterId, signals: &[Signal]) {
    let nurse = town.deed_of(Role::CenterStaff).await;
    change::agree(town.db(), &nurse, id, says(signals))
        .await
        .unwrap();
}

async fn named(town: &Town, name: &str) -> SupporterId {
    let nurse = town.deed_of(Role::CenterStaff).await;
    let details = Details {
        name: name.to_owned(),
        ..known()
    };
    let joined = supporters::join(town.db(), &nurse, details, date(2025, 4, 1)).await;
    joined.unwrap()
}

async fn follows_up(town: &Town, number: u32) {
    let head = town.deed_of(Role::CenterHead).await;
    change::set_number(town.db(), &head, number).await.unwrap();
}

async fn list(town: &Town, deed: &Deed) -> Vec<Listed> {
    let mut conn = town.db().read().await.unwrap();
    change::list_week(&mut conn, deed, WEEK).await.unwrap()
}

async fn drawn(town: &Town, gone: &[(SupporterId, u32)], week: Date) -> usize {
    let deed = town.deed().await;
    let gathered = fridays(town.minami.center, gone);
    change::draw_up(town.db(), &deed, gathered, week)
        .await
        .unwrap()
}

#[tokio::test]
async fn each_signal_is_agreed_to_by_itself_and_taken_back_at_once() {
    on_both(async |town| {
        let deed = town.deed_of(Role::CenterStaff).await;
        let id = joined(&town, &deed).await;
        let path = format!("/station/supporters/{id}/consents");
        let nurse = town.sign_in(Role::CenterStaff).await;
        let page = nurse.get(&path).await.text();
        assert!(page.contains("見ません") && !page.contains("同意あり"));
        let form = [
            ("signals", "often"),
            ("signals", "role"),
            ("way", "said"),
            ("on", "R8.11.19"),
            ("note", "息子さんにも話したとのこと"),
        ];
        assert_eq!(nurse.post(&path, &form).await.status, 303);
        let page = nurse.get(&path).await;
        assert_eq!(page.text().matches("同意あり").count(), 2);
        for words in [
            "11月19日",
            "中村 看子",
            "息子さんにも話した",
            "ご本人から聞いた",
        ] {
            assert!(page.text().contains(words), "{words}");
        }
        let ended = format!("{path}/taking-back");
        let done = nurse.post(&ended, &[("ended", "often")]).await;
        assert_eq!(done.status, 303);
        let mut conn = town.db().read().await.unwrap();
        let all = change::list_of(&mut conn, &deed, id).await.unwrap();
        drop(conn);
        assert_eq!(change::agreed(&all), [Signal::Role]);
        let page = nurse.get(&path).await.text();
        assert!(page.contains("これまで") && page.matches("同意あり").count() == 1);
        let lines = said(&town).await;
        for words in ["見守りの同意：", "見守りの同意の撤回：", "サポーターの同意"]
        {
            assert!(lines.contains(words), "{words}");
        }
        let kitami = town.sign_in_at(&town.kitami, Role::CenterStaff).await;
        assert_eq!(kitami.get(&path).await.status, 404);
        assert_eq!(kitami.post(&path, &form).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn a_refused_consent_comes_back_as_typed() {
    on_both(async |town| {
        let deed = town.deed_of(Role::CenterStaff).await;
        let id = joined(&town, &deed).await;
        let path = format!("/station/supporters/{id}/consents");
        let nurse = town.sign_in(Role::CenterStaff).await;
        let empty = nurse.post(&path, &[]).await;
        assert_eq!(empty.status, 422);
        let none = nurse
            .post(
                &path,
                &[("way", "said"), ("on", "2026-11-20"), ("note", "電話で")],
            )
            .await;
        assert!(none.text().contains("1つ以上えらんで") && none.text().contains("電話で"));
        for on in ["2026-04-09", "2026-11-21", "きのう"] {
            let form = [("signals", "often"), ("way", "said"), ("on", on)];
            let page = nurse.post(&path, &form).await;
            assert_eq!(page.status, 422, "{on}");
            assert!(page.text().contains(on));
        }
        let nothing = nurse.post(&format!("{path}/taking-back"), &[]).await;
        assert_eq!(nothing.status, 422);
        // Whoever left agrees to nothing new.
        supporters::leave(town.db(), &deed, (id, 1), date(2026, 11, 1))
            .await
            .unwrap();
        let refused = change::agree(town.db(), &deed, id, says(&[Signal::Often])).await;
        assert!(matches!(refused, Err(Refusal::NotThen)));
    })
    .await;
}

#[tokio::test]
async fn the_list_says_why_and_is_no_longer_than_somebody_follows_up() {
    on_both(async |town| {
        let (one, other) = (
            named(&town, "川村 澄江").await,
            named(&town, "北 はる").await,
        );
        for id in [one, other] {
            agree(&town, id, &[Signal::Often]).await;
        }
        let gone = [(one, 8), (other, 5)];
        let nurse = town.deed_of(Role::CenterStaff).await;
        // Nobody is put before a center that follows up nobody.
        follows_up(&town, 1).await;
        assert_eq!(drawn(&town, &gone, WEEK).await, 1);
        let lines = list(&town, &nurse).await;
        assert_eq!((lines.len(), lines[0].supporter), (1, one), "the strongest");
        assert_eq!(drawn(&town, &gone, WEEK).await, 0, "once a week");
        let client = town.sign_in(Role::CenterStaff).await;
        let page = client.get("/station/watch/week").await;
        for words in ["川村 澄江", "ふだんは月に4回ほど", "来た回数"] {
            assert!(page.text().contains(words), "{words}");
        }
        assert_eq!(page.select("svg[role=img]").len(), 1);
        assert!(!page.text().contains("北 はる"));
        // A week later the first rests, and the other is put before them.
        let next = WEEK.saturating_add(7.days());
        town.at("2026-11-24T10:00:00+09:00");
        let deed = town.deed().await;
        let gathered = later(fridays(town.minami.center, &gone));
        assert_eq!(
            change::draw_up(town.db(), &deed, gathered, next)
                .await
                .unwrap(),
            1
        );
        let mut conn = town.db().read().await.unwrap();
        let second = change::list_week(&mut conn, &nurse, next).await.unwrap();
        assert_eq!(second[0].supporter, other);
        // No sum stands beside anybody.
        let kept = serde_json::to_string(&second[0].told).unwrap();
        assert!(
            !kept.contains("sum") && !kept.contains("evidence"),
            "{kept}"
        );
    })
    .await;
}

/// The same people a week later, who came as before.
fn later(mut gathered: Gathered) -> Gathered {
    let last = *gathered.facts.meetings.last().unwrap();
    let meeting = gathered.facts.meetings.len() as u32;
    gathered.facts.meetings.push(Meeting {
        day: last.day + 7,
        ..last
    });
    let came = (2..20).map(|person| visit(person, meeting));
    gathered.facts.visits.extend(came);
    gathered
}

#[tokio::test]
async fn who_did_not_agree_or_took_it_back_is_on_no_list() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let (one, other) = (
            named(&town, "川村 澄江").await,
            named(&town, "北 はる").await,
        );
        agree(&town, one, &[Signal::Often]).await;
        follows_up(&town, 5).await;
        // The second agreed when facts were gathered, and took it back before the list was kept.
        assert_eq!(drawn(&town, &[(one, 12), (other, 12)], WEEK).await, 1);
        let line = list(&town, &nurse).await[0].id;
        change::answer(town.db(), &nurse, (line, 1), State::Eye)
            .await
            .unwrap();
        change::take_back(town.db(), &nurse, one, vec![Signal::Often])
            .await
            .unwrap();
        assert!(
            list(&town, &nurse).await.is_empty(),
            "also what was answered"
        );
        let client = town.sign_in(Role::CenterStaff).await;
        let page = client.get("/station/watch/week").await;
        assert_eq!(page.status, 200);
        assert!(!page.text().contains("川村"));
    })
    .await;
}

#[tokio::test]
async fn a_line_is_answered_and_leads_on() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let person = hanako::register(&town).await;
        let id = tied(&town, &nurse, person).await;
        agree(&town, id, &[Signal::Often]).await;
        follows_up(&town, 5).await;
        assert_eq!(drawn(&town, &[(id, 12)], WEEK).await, 1);
        let line = list(&town, &nurse).await[0].id;
        let client = town.sign_in(Role::CenterStaff).await;
        let path = format!("/station/watch/lines/{line}");
        assert_eq!(client.post(&path, &[("version", "1")]).await.status, 422);
        let fine = client
            .post(&path, &[("version", "1"), ("do", "fine")])
            .await;
        assert_eq!(fine.status, 303);
        let page = client.get(fine.location()).await.text();
        assert!(page.contains("変わりなし") && page.contains("中村 看子"));
        let stale = client.post(&path, &[("version", "1"), ("do", "eye")]).await;
        assert_eq!(stale.status, 409);
        let seen = client
            .post(&path, &[("version", "2"), ("do", "observed")])
            .await;
        assert_eq!(seen.location(), format!("/station/supporters/{id}/watch"));
        let noticed = client
            .post(&path, &[("version", "3"), ("do", "noticed")])
            .await;
        let notice = client.get(noticed.location()).await.text();
        assert!(notice.contains("来る様子が変わりました") && notice.contains("南野 ハナコ"));
        let again = client
            .post(&path, &[("version", "4"), ("do", "fine")])
            .await;
        assert_eq!(again.status, 422);
        // Another center's list is not there, nor another town's.
        let mut elsewhere = nurse.clone();
        elsewhere.scope.center = Some(town.minami.other_center);
        let refused = change::answer(town.db(), &elsewhere, (line, 4), State::Fine).await;
        assert!(matches!(refused, Err(Refusal::NotFound)));
        let kitami = town.sign_in_at(&town.kitami, Role::CenterStaff).await;
        let refused = kitami
            .post(&path, &[("version", "4"), ("do", "fine")])
            .await;
        assert_eq!(refused.status, 404);
        erase(&town, person).await;
        assert!(list(&town, &nurse).await.is_empty());
        let mut conn = town.db().read().await.unwrap();
        let all = change::list_of(&mut conn, &nurse, id).await.unwrap();
        assert!(all.is_empty());
    })
    .await;
}

#[tokio::test]
async fn figures_change_after_their_effect_was_seen_and_by_nothing_else() {
    on_both(async |town| {
        let head = town.deed_of(Role::CenterHead).await;
        let (one, other) = (
            named(&town, "川村 澄江").await,
            named(&town, "北 はる").await,
        );
        follows_up(&town, 5).await;
        let gone = [(one, 12), (other, 4)];
        let strict = Settings::default().with([30, 6, 18, 56]).unwrap();
        let (effect, people) =
            change::weigh(town.db(), &head, fridays(town.minami.center, &gone), strict)
                .await
                .unwrap();
        assert!(effect.old_lines > effect.new_lines, "{effect:?}");
        assert!(effect.gained.is_empty() && !effect.lost.is_empty());
        assert_eq!(people.len(), 20);
        let client = town.sign_in(Role::CenterHead).await;
        let path = "/station/watch/figures";
        let typed = [
            ("version", "0"),
            ("strength", "30"),
            ("visits", "6"),
            ("weeks", "18"),
            ("rest", "56"),
        ];
        let weighed = client
            .post(path, &[&typed[..], &[("do", "weigh")]].concat())
            .await;
        assert_eq!(weighed.status, 200, "{}", weighed.text());
        assert!(
            weighed.text().contains("昨年で試すと") && weighed.text().contains("この目安に変える")
        );
        let mut conn = town.db().read().await.unwrap();
        let before = change::find_settings(&mut conn, &head).await.unwrap();
        assert_eq!(before, Settings::default(), "only shown");
        let kept = [&typed[..], &[("do", "keep")]].concat();
        assert_eq!(client.post(path, &kept).await.status, 303);
        let after = change::find_settings(&mut conn, &head).await.unwrap();
        assert_eq!((after.strength, after.version), (30, 1));
        assert_eq!(client.post(path, &kept).await.status, 409);
        let wild = client
            .post(path, &[("version", "1"), ("strength", "999")])
            .await;
        assert_eq!(wild.status, 422);
        assert!(wild.text().contains("999") && wild.text().contains("40"));
        let lines = said(&town).await;
        assert!(lines.contains("15→30") && lines.contains("週に5人まで"));
        let many = client
            .post("/station/watch/number", &[("number", "51")])
            .await;
        assert_eq!(many.status, 422);
        let nurse = town.deed_of(Role::CenterStaff).await;
        let refused = change::set(town.db(), &nurse, after).await;
        assert!(matches!(refused, Err(Refusal::NoRight(_))));
    })
    .await;
}

#[tokio::test]
async fn who_wishes_to_be_erased_leaves_nothing_of_it() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = joined(&town, &nurse).await;
        super::listed(&town, &town.minami, id).await;
        let about = About::Supporter(id);
        super::observed(&town, &nurse, about, &["mood"]).await;
        let head = town.sign_in(Role::CenterHead).await;
        let erasure = format!("/station/supporters/{id}/erasure");
        let done = head.post(&erasure, &[("why", "ご本人のお申し出")]).await;
        assert_eq!(done.status, 303);
        let mut conn = town.db().read().await.unwrap();
        assert!(
            change::list_of(&mut conn, &nurse, id)
                .await
                .unwrap()
                .is_empty()
        );
        assert!(list(&town, &nurse).await.is_empty());
        let seen = watch::list_about(&mut conn, &nurse, about).await;
        assert!(seen.unwrap().is_empty());
        for page in ["watch", "consents", "rhythm"] {
            let page = head.get(&format!("/station/supporters/{id}/{page}")).await;
            assert_eq!(page.status, 404);
        }
    })
    .await;
}

#[tokio::test]
async fn what_the_door_wrote_down_is_what_is_looked_at() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        let id = joined(&town, &nurse).await;
        let day = today(&town, &nurse).await;
        let come = async |who, part| {
            let coming = Coming {
                day,
                part,
                way: door::Way::Name,
                nonce: nurse.new_id(),
            };
            door::come(town.db(), &nurse, coming, who).await.unwrap();
        };
        let cooks = Part::Role(courses::Role::Cook);
        come(door::Who::Supporter(id), cooks).await;
        come(
            door::Who::WalkIn("通りがかりの方".to_owned()),
            Part::Participant,
        )
        .await;
        let gather = async || {
            let mut conn = town.db().read().await.unwrap();
            change::gather(&mut conn, &nurse, date(2026, 11, 21))
                .await
                .unwrap()
        };
        let facts = gather().await.facts;
        assert_eq!(facts.meetings[0].roll, Roll::NotRecorded, "not to its end");
        // When it is over, the roll is taken to its end.
        town.at("2026-11-20T15:30:00+09:00");
        let later = town.deed_of(Role::CenterStaff).await;
        door::end_roll(town.db(), &later, day).await.unwrap();
        let Gathered { facts, people } = gather().await;
        assert_eq!((facts.people, people.len()), (2, 1), "the other is nobody");
        assert_eq!(facts.meetings[0].roll, Roll::Taken);
        let visit = facts.visits.iter().find(|one| one.person == 0).unwrap();
        assert_eq!(
            (visit.role, visit.arrived),
            (rhythm::Role::Helper, Some(600))
        );
        // Their own picture: of what they agree to alone.
        let client = town.sign_in(Role::CenterStaff).await;
        let path = format!("/station/supporters/{id}/rhythm");
        let page = client.get(&path).await.text();
        assert!(page.contains("何も見ていません"));
        agree(&town, id, &[Signal::Role]).await;
        let page = client.get(&path).await;
        assert!(page.text().contains("どんな役で") && page.select("svg[role=img]").is_empty());
        agree(&town, id, &[Signal::Often]).await;
        town.at("2026-11-25T10:00:00+09:00");
        let client = town.sign_in(Role::CenterStaff).await;
        let page = client.get(&path).await;
        assert_eq!(page.select("svg[role=img]").len(), 1);
        assert!(page.text().contains("2026年11月"));
        assert!(page.text().contains("出欠の記録がまだ少なく"));
    })
    .await;
}

#[tokio::test]
async fn the_program_draws_the_list_up_by_itself_and_takes_nobody_for_absent() {
    on_both(async |town| {
        let nurse = town.deed_of(Role::CenterStaff).await;
        super::held(&town, &nurse).await;
        let id = joined(&town, &nurse).await;
        agree(&town, id, &[Signal::Often]).await;
        let deed = town.deed().await;
        let client = town.sign_in(Role::CenterStaff).await;
        change::keep_up(town.db(), &deed).await.unwrap();
        let page = client.get("/station/watch/week").await.text();
        assert!(page.contains("まだ一覧がありません") && !page.contains("この週に載った"));
        follows_up(&town, 5).await;
        // No roll was ever taken: that is not recorded, and never absent.
        for _ in 0..2 {
            change::keep_up(town.db(), &deed).await.unwrap();
        }
        let page = client.get("/station/watch/week").await.text();
        assert!(page.contains("この週に載った方はいません"));
        assert_eq!(monday(date(2026, 11, 20)), WEEK);
        let mut conn = town.db().read().await.unwrap();
        let gathered = change::gather(&mut conn, &deed, date(2026, 12, 31))
            .await
            .unwrap();
        assert_eq!(gathered.facts.consents.len(), 2);
        assert!(
            gathered
                .facts
                .meetings
                .iter()
                .all(|one| one.roll != Roll::Taken)
        );
        assert!(!gathered.facts.meetings.is_empty());
    })
    .await;
}
