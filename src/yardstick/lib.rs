//! What the load test measures with: a client that costs little, and the endpoint that the gateway is compared with. A package of its
//! own, so that how the gateway is compiled changes neither.

pub mod bare;
pub mod line;
pub mod player;
