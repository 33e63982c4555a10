//! 利用者基本情報: what the national form asks and the register does not keep.
//!
//! Source: 「介護予防・日常生活支援総合事業における介護予防ケアマネジメントの実施及び介護予防手帳の
//! 活用について」 (厚生労働省老健局振興課長通知), 様式例「利用者基本情報」.

use serde::{Deserialize, Serialize};

use super::entry::Kept;

/// 現況, as codes and words.
pub const SITUATIONS: [(&str, &str); 3] = [
    ("home", "在宅"),
    ("hospital", "入院中"),
    ("facility", "入所中"),
];

/// The most illnesses in the table of the form.
pub const MOST_ILLNESSES: usize = 4;

/// A row of 現病歴・既往歴.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Illness {
    /// 年月日
    pub since: String,
    /// 病名
    pub name: String,
    /// 医療機関・医師名
    pub clinic: String,
    /// 電話
    pub phone: String,
    /// 経過
    pub course: String,
    /// 治療中の場合は内容
    pub treatment: String,
}

impl Illness {
    /// Whether nothing is written in it.
    pub fn is_empty(&self) -> bool {
        *self == Illness::default()
    }
}

macro_rules! basics {
    ($($name:ident $label:literal $most:literal),* $(,)?) => {
        /// The fields of the form.
        #[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Basics {
            $(#[doc = $label] pub $name: String,)*
            /// 現病歴・既往歴
            pub illnesses: Vec<Illness>,
        }

        impl Basics {
            /// Every field: its name in the form, its label, the most characters, its value.
            pub fn fields(&self) -> Vec<(&'static str, &'static str, usize, &str)> {
                vec![$((stringify!($name), $label, $most, self.$name.as_str())),*]
            }

            /// The place of a field by its name.
            pub fn field(&mut self, name: &str) -> Option<&mut String> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)*
                    _ => None,
                }
            }
        }
    };
}

basics! {
    consulted_on "相談日" 40,
    way "相談の方法" 20,
    again "初回・再来" 20,
    last_on "前回の相談日" 40,
    route "把握経路" 60,
    situation "現況" 20,
    situation_where "入院・入所先" 60,
    adl "障害高齢者の日常生活自立度" 10,
    dementia "認知症高齢者の日常生活自立度" 10,
    certified "認定の期限・前回の介護度など" 80,
    handicap "障害等認定（身障・療育・精神・難病）" 80,
    housing "住居環境" 200,
    money "経済状況（年金・生活保護など）" 120,
    visitor "来所者（相談者）の氏名" 60,
    visitor_address "来所者の住所" 120,
    visitor_relation "来所者の続柄" 40,
    visitor_phone "来所者の連絡先" 60,
    family "家族構成（家族関係など）" 400,
    life "今までの生活" 600,
    day "1日の生活・すごし方" 600,
    hobbies "趣味・楽しみ・特技" 200,
    friends "友人・地域との関係" 200,
    public_services "公的サービス" 300,
    other_services "非公的サービス" 300,
}

impl Kept for Basics {
    const KIND: &'static str = "basics";
}

/// 障害高齢者の日常生活自立度（寝たきり度）
pub const ADL: [&str; 9] = ["自立", "J1", "J2", "A1", "A2", "B1", "B2", "C1", "C2"];
/// 認知症高齢者の日常生活自立度
pub const DEMENTIA: [&str; 8] = ["自立", "Ⅰ", "Ⅱa", "Ⅱb", "Ⅲa", "Ⅲb", "Ⅳ", "M"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_found_by_the_name_it_has_in_the_form() {
        let mut basics = Basics::default();
        for (name, ..) in Basics::default().fields() {
            let place = basics.field(name);
            assert!(place.is_some(), "{name}");
            if let Some(place) = place {
                *place = name.to_owned();
            }
        }
        assert!(
            basics
                .fields()
                .iter()
                .all(|(name, _, _, value)| name == value)
        );
        assert!(basics.field("version").is_none());
    }
}
