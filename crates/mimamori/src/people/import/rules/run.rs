//! How far a roster is on its way in.

use crate::people::rules::coded;

coded! {
    /// How far a run is.
    RunState {
        /// The columns are to be looked at.
        Columns "columns" "列の確認",
        /// Every row is judged; nothing is written.
        Judged "judged" "内容の確認",
        /// People are being written.
        Taking "taking" "取り込み中",
        /// All that was to be written is.
        Done "done" "完了",
        /// Given up; nothing was written.
        Dropped "dropped" "中止",
    }
}

coded! {
    /// How rows that can't be taken are met.
    Mode {
        /// One of them stops all.
        All "all" "すべての行がよいときだけ",
        /// They are left out.
        Good "good" "よい行だけ",
    }
}
