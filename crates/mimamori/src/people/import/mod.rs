//! Bringing in a roster.
