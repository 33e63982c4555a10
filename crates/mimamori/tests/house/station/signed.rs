//! Calligraphy in the hall, for which people sign up.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use mimamori::clock::in_japan;
use mimamori::deed::Deed;
use mimamori::ids::{RowId, SupporterId};
use mimamori::scope::Role;
use mimamori::station::courses::{
    self, Beat, By, Details, Entry, Hours, Marks, OnHoliday, Place, Plan, Rule, Who,
};
use mimamori::station::door::{self, Coming, Part, Way};
use mimamori::station::signups::{self, Guest, Wish};
use words::phone::Phone;

use crate::town::Town;

/// What stands on the day.
pub fn calligraphy(place: RowId, holds: u32) -> Details {
    Details {
        title: "やさしい書道".to_owned(),
        reading: "ヤサシイショドウ".to_owned(),
        hours: Hours {
            starts: 13 * 60 + 30,
            ends: 15 * 60,
        },
        place: Some(place),
        holds: Some(holds),
        fee: 300,
        bring: "汚れてもよい服".to_owned(),
        about: String::new(),
        by: By::Supporters,
        organisation: None,
        by_name: String::new(),
        who: Who::Anyone,
        entry: Entry::SignUp,
        shown: true,
        teacher: String::new(),
        teacher_shown: false,
        needs: Vec::new(),
        note: String::new(),
    }
}

/// On Friday, two weeks from now, in a room for so many; the day.
pub async fn sitting(town: &Town, deed: &Deed, holds: u32) -> RowId {
    let from = date(2026, 12, 4);
    seated(town, deed, holds, from).await
}

async fn seated(town: &Town, deed: &Deed, holds: u32, from: Date) -> RowId {
    let place = Place {
        id: RowId(0),
        word: "商店街の集会室".to_owned(),
        address: "みなみ町1丁目5番".to_owned(),
        access: String::new(),
        holds: None,
        open: true,
        version: 0,
    };
    let place = courses::keep_place(town.db(), deed, place).await.unwrap();
    let plan = Plan {
        from,
        until: from + 27.days(),
        rule: Rule {
            beat: Beat::Weeks {
                every: 2,
                on: Marks::of([u32::from(
                    from.weekday().to_monday_zero_offset().unsigned_abs(),
                )]),
            },
            except: Marks::default(),
            holidays: OnHoliday::Skip,
            also: Vec::new(),
            but: Vec::new(),
        },
        details: calligraphy(place, holds),
    };
    let course = courses::plan(town.db(), deed, plan).await.unwrap();
    let mut conn = town.db().read().await.unwrap();
    let days = courses::list_of_series(&mut conn, deed, course, from).await;
    days.unwrap()[0].id
}

/// Somebody who is no supporter.
pub fn guest(name: &str) -> Guest {
    Guest {
        name: name.to_owned(),
        kana: String::new(),
        phone: Phone::parse("090-0555-6677").ok(),
    }
}

pub fn wish(day: RowId, name: &str, nonce: i64) -> Wish {
    Wish {
        day,
        who: signups::Who::Guest(guest(name)),
        note: String::new(),
        nonce,
    }
}

/// 小川さん is signed up.
pub async fn signed(town: &Town, deed: &Deed) -> RowId {
    let day = sitting(town, deed, 2).await;
    let wish = Wish {
        note: "車いすで来ます".to_owned(),
        ..wish(day, "小川 みどり", deed.new_id())
    };
    signups::sign_up(town.db(), deed, wish).await.unwrap()
}

/// The same, today.
pub async fn today(town: &Town, deed: &Deed) -> RowId {
    seated(town, deed, 9, in_japan(deed.now).date()).await
}

/// Somebody just comes by, today.
pub async fn came(town: &Town, deed: &Deed) -> RowId {
    let day = today(town, deed).await;
    let coming = Coming {
        day,
        part: Part::Participant,
        way: Way::WalkIn,
        nonce: deed.new_id(),
    };
    let who = door::Who::WalkIn("通りがかりの方".to_owned());
    let tried = door::come(town.db(), deed, coming, who).await.unwrap();
    tried.attendance.unwrap()
}

/// A supporter is signed up.
pub async fn coming(town: &Town, supporter: SupporterId) -> RowId {
    let deed = town.deed_of(Role::CenterStaff).await;
    let wish = Wish {
        day: sitting(town, &deed, 2).await,
        who: signups::Who::Supporter(supporter),
        note: "左利きの筆がほしい".to_owned(),
        nonce: deed.new_id(),
    };
    signups::sign_up(town.db(), &deed, wish).await.unwrap()
}
