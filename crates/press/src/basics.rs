//! What stands on 利用者基本情報.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::facts::Contact;

/// An illness of the national form.
#[derive(Clone, Default, Serialize)]
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

/// 利用者基本情報, two pages as the national form has them.
#[derive(Clone, Default, Serialize)]
pub struct Basics {
    /// 「支援 第12号」, at the foot.
    pub case: String,
    /// Who wrote it.
    pub made_by: String,
    /// Name.
    pub name: String,
    /// フリガナ
    pub kana: String,
    /// 「男」「女」, or empty.
    pub sex: String,
    /// With the age.
    pub born: String,
    /// As written.
    pub address: String,
    /// In the order to try.
    pub phones: Vec<String>,
    /// 要介護認定, with its term.
    pub certification: String,
    /// In the order to call.
    pub contacts: Vec<Contact>,
    /// Everything else, by the name of its place on the form.
    pub fields: BTreeMap<String, String>,
    /// At most four.
    pub illnesses: Vec<Illness>,
    /// What the person agrees to by signing.
    pub consent: String,
}
