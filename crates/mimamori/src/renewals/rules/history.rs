//! What was done in a renewal.

use jiff::Timestamp;

use crate::ids::StaffId;
use crate::people::coded;

coded! {
    /// What was done.
    Act {
        /// Registered, and met by the center for the first time ever.
        Met "met" "登録のとき、センターの職員がはじめて会いました",
        /// Asked, in some way.
        Asked "asked" "お願いしました",
        /// The asking was a slip.
        Unasked "unasked" "お願いの記録を取り消しました",
        /// A step was begun: its task was opened.
        StepBegun "step_begun" "つぎの段階のやることを作りました",
        /// A step was tried, without an answer.
        Tried "tried" "返事がありませんでした",
        /// Somebody began to go through the record.
        WalkBegun "walk_begun" "確認をはじめました",
        /// The person was found, in the renewal of a later year.
        Found "found" "連絡がつきました",
        /// Everything was gone through.
        Renewed "renewed" "更新しました",
        /// "Renewed" was taken back.
        Reopened "reopened" "更新を取り消しました",
        /// The person left the register.
        Left "left" "登録中でなくなりました",
        /// The person is registered again.
        CameBack "came_back" "登録中にもどりました",
        /// The year went by without an answer.
        Lapsed "lapsed" "返事のないまま、つぎの年になりました",
        /// A list said that it stood so.
        Brought "brought" "書き出した一覧から取り込みました",
    }
}

/// One step of a renewal's history.
#[derive(Clone)]
pub struct Done {
    /// Of which year's renewal.
    pub year: i16,
    /// When.
    pub at: Timestamp,
    /// Who; `None` for the program.
    pub by: Option<StaffId>,
    /// What.
    pub act: Act,
    /// How, in words: 「はがき」, 「訪問」; may be empty.
    pub way: String,
    /// What was said; may be empty.
    pub words: String,
}
