//! What is asked at every reception, as codes.

use crate::people::coded;

coded! {
    /// How it came.
    Way {
        /// 来所
        Counter "counter" "来所",
        /// 電話
        Phone "phone" "電話",
        /// 訪問
        Visit "visit" "訪問",
        /// その他: a letter, a FAX, a mail.
        Other "other" "その他",
    }
}

coded! {
    /// Who asks.
    Source {
        /// 本人
        Person "person" "本人",
        /// 家族
        Family "family" "家族",
        /// 近隣
        Neighbour "neighbour" "近隣",
        /// 民生委員
        Welfare "welfare" "民生委員",
        /// ケアマネ
        CareManager "care_manager" "ケアマネ",
        /// 医療機関
        Clinic "clinic" "医療機関",
        /// 行政
        Office "office" "行政",
        /// 警察・消防
        Police "police" "警察・消防",
        /// その他
        Other "other" "その他",
    }
}

coded! {
    /// About whom it is.
    About {
        /// Somebody in the register.
        Registered "registered" "登録者",
        /// Somebody who is not.
        Stranger "stranger" "登録のない方",
        /// Somebody whose name was not given.
        Nameless "nameless" "名前は聞いていない",
        /// Nobody: how to apply for something, what a center does.
        Nobody "nobody" "特定の方のことではない",
        /// Somebody whose record was erased.
        Erased "erased" "消去された方",
    }
}

coded! {
    /// How soon something has to happen.
    Urgency {
        /// ふつう
        Usual "usual" "ふつう",
        /// 急ぐ
        Soon "soon" "急ぐ",
        /// すぐに
        Now "now" "すぐに",
    }
}

coded! {
    /// How old somebody was that day.
    AgeBand {
        /// 65歳未満
        Under65 "under65" "65歳未満",
        /// 65〜69歳
        From65 "65" "65〜69歳",
        /// 70〜74歳
        From70 "70" "70〜74歳",
        /// 75〜79歳
        From75 "75" "75〜79歳",
        /// 80〜84歳
        From80 "80" "80〜84歳",
        /// 85〜89歳
        From85 "85" "85〜89歳",
        /// 90歳以上
        From90 "90" "90歳以上",
        /// 不明
        Unknown "unknown" "不明",
    }
}

impl AgeBand {
    /// The band of an age in years.
    pub const fn of(years: i16) -> AgeBand {
        match years {
            ..65 => AgeBand::Under65,
            65..70 => AgeBand::From65,
            70..75 => AgeBand::From70,
            75..80 => AgeBand::From75,
            80..85 => AgeBand::From80,
            85..90 => AgeBand::From85,
            90.. => AgeBand::From90,
        }
    }

    /// The band of an age between a least and a most; not known where a border lies between.
    pub fn between((least, most): (i16, i16)) -> AgeBand {
        match AgeBand::of(least) {
            band if band == AgeBand::of(most) => band,
            _ => AgeBand::Unknown,
        }
    }
}

coded! {
    /// Whether somebody lived alone that day.
    Alone {
        /// ひとり暮らし
        Yes "yes" "ひとり暮らし",
        /// ひとり暮らしではない
        No "no" "ひとり暮らしではない",
        /// 不明
        Unknown "unknown" "不明",
    }
}

coded! {
    /// Where a consultation stands.
    State {
        /// 継続
        Open "open" "継続",
        /// 終結
        Closed "closed" "終結",
        /// 取り消し: entered by mistake; kept, not counted.
        Struck "struck" "取り消し",
    }
}

coded! {
    /// What was done with a consultation.
    Act {
        /// 訂正
        Corrected "corrected" "訂正",
        /// 終結にした: what came of it goes on elsewhere.
        Closed "closed" "終結にした",
        /// 取り消し
        Struck "struck" "取り消し",
        /// 取り消しをもどす
        Restored "restored" "取り消しをもどす",
        /// 名前・連絡先の訂正
        CardCorrected "card" "名前・連絡先の訂正",
        /// 登録者に結びつけた
        Tied "tied" "登録者に結びつけた",
        /// 登録者との結びつきをはずした
        Untied "untied" "結びつきをはずした",
    }
}
