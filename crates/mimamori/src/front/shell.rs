//! The frame around a staff page, made from the session.

use maud::Markup;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::asked::Asked;
use super::flash::Flash;
use super::look::{self, NavItem, Shell};
use super::problem::Problem;
use crate::clock::in_japan;
use crate::scope::{Right, Role};
use crate::staff;

/// The places in the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// きょうのやること
    Today,
    /// 照会窓口
    Desk,
    /// 気づき
    Notices,
    /// 登録者
    People,
    /// 相談
    Consultations,
    /// 支援
    Cases,
    /// 更新
    Renewals,
    /// つなぎ
    Paths,
    /// 講座
    Station,
    /// 名簿の取り込み
    Import,
    /// タグ
    Tags,
    /// 印刷物
    Papers,
    /// 職員
    Staff,
    /// 町の設定
    Town,
    /// 記録
    Audit,
    /// Nowhere in the menu.
    Nowhere,
    /// Lists as files.
    Exports,
    /// センター長
    Center,
}

/// Menu entries: place, words, address, the rights of which one is needed.
const MENU: &[(Place, &str, &str, &[Right])] = &[
    (
        Place::Today,
        "きょうのやること",
        "/",
        &[Right::Tasks, Right::Desk],
    ),
    (Place::Desk, "照会窓口", "/desk", &[Right::Desk]),
    (Place::Desk, "照会", "/partner", &[Right::PartnerLookup]),
    (
        Place::Notices,
        "気づき",
        "/notices",
        &[Right::Triage, Right::TakeNotices],
    ),
    (
        Place::Notices,
        "気づきのようす",
        "/notices/figures",
        &[Right::ManageTown],
    ),
    (Place::People, "登録者", "/people", &[Right::ReadPeople]),
    (
        Place::Consultations,
        "相談",
        "/consultations",
        &[Right::Support],
    ),
    (
        Place::Consultations,
        "相談の数字",
        "/consultations/figures",
        &[Right::ManageTown],
    ),
    (Place::Cases, "支援", "/cases", &[Right::Support]),
    (Place::Renewals, "更新", "/renewals", &[Right::ReadPeople]),
    (
        Place::Renewals,
        "更新のようす",
        "/renewals/year",
        &[Right::ManageTown],
    ),
    (Place::Paths, "つなぎ", "/paths", &[Right::Support]),
    (Place::Station, "講座", "/station", &[Right::Courses]),
    (Place::Station, "受付", "/station/door", &[Right::Door]),
    (
        Place::Station,
        "ステーションの数字",
        "/station/figures",
        &[Right::ManageTown],
    ),
    (
        Place::Import,
        "名簿の取り込み",
        "/people/import",
        &[Right::Import],
    ),
    (
        Place::Exports,
        "書き出し",
        "/exports",
        &[Right::Export, Right::ReadAudit],
    ),
    (
        Place::Tags,
        "タグ",
        "/tags",
        &[Right::BindTags, Right::OrderTags],
    ),
    (
        Place::Papers,
        "印刷物",
        "/papers",
        &[Right::ReadPeople, Right::ManageTown],
    ),
    (Place::Center, "センター長", "/center", &[Right::Lead]),
    (Place::Staff, "職員", "/staff", &[Right::ManageStaff]),
    (Place::Town, "町の設定", "/town", &[Right::ManageTown]),
    (Place::Audit, "記録", "/audit", &[Right::ReadAudit]),
];

impl Asked {
    /// A whole page within the frame.
    pub fn page(&self, place: Place, title: &str, body: Markup) -> Result<Markup, Problem> {
        Ok(look::page(&self.shell(place)?, title, body))
    }

    /// The frame itself, for a page that adds a flash or an undo line to it.
    pub fn shell(&self, place: Place) -> Result<Shell, Problem> {
        let card = staff::open_card(&self.deed.keys, &self.session)?;
        Ok(Shell {
            network_name: self.session.network_name.clone(),
            // Nobody who passes a tablet signs it out: it would have to be set up anew.
            staff_name: match self.session.role {
                Role::Tablet => String::new(),
                _ => card.name,
            },
            role_name: self.session.role.word().to_owned(),
            nav: self.nav(place),
            flash: self.flash.as_ref().map(Flash::shown),
            staff: true,
            asks_waiting: self.may(Right::Desk),
            number_box: self.may(Right::Search) || self.may(Right::Desk),
            printed_at: in_japan(self.deed.now)
                .strftime("%Y年%-m月%-d日 %H:%M")
                .to_string(),
            ..Shell::default()
        })
    }

    fn nav(&self, place: Place) -> Vec<NavItem> {
        // Who plans courses finds the door beside them.
        let within = |href: &str| href == "/station/door" && self.may(Right::Courses);
        MENU.iter()
            .filter(|(_, _, href, rights)| {
                rights.iter().any(|right| self.may(*right)) && !within(href)
            })
            .map(|(at, label, href, _)| NavItem {
                label: (*label).to_owned(),
                href: (*href).to_owned(),
                current: *at == place,
                count: None,
            })
            .collect()
    }
}

/// A path as the value of a query parameter.
pub fn back_value(path: &str) -> String {
    utf8_percent_encode(path, NON_ALPHANUMERIC).to_string()
}
