//! The loyalty engine is right: by histories worked out with a pencil, by laws that hold for every history, and by a model
//! in plain Rust that shares no code with it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod loyalty {
    mod calendar_by_hand;
    mod desk;
    mod histories;
    mod judging;
    mod laws;
    mod levels_by_hand;
    mod limits_by_hand;
    mod memberships_by_hand;
    mod model;
    mod model_levels;
    mod model_returns;
    mod points_by_hand;
    mod returns_by_hand;
    mod takeovers;
    mod terms;
    mod versions_by_hand;
}
