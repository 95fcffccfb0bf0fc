//! What a program names, whether or not it could be read: who misspells a setting of a reward is told of that alone, and
//! not of every rule that gives it.

use serde_json::Value;

/// A written program, and where in its lists stands what could be read.
pub struct Written<'a> {
    /// All of it.
    pub document: &'a Value,
    /// The places of the earn rules that could be read.
    pub rule_places: Vec<usize>,
    /// The places of the rewards that could be read.
    pub reward_places: Vec<usize>,
}

impl<'a> Written<'a> {
    /// The ids of its rules.
    pub fn rules(&self) -> Vec<&'a str> {
        let id = |rule: &'a Value| rule.get("id").or_else(|| rule.get("rule"))?.as_str();
        self.list("/earn").iter().filter_map(id).collect()
    }

    /// The ids of its rewards.
    pub fn rewards(&self) -> Vec<&'a str> {
        self.list("/rewards").iter().filter_map(|reward| reward.get("id")?.as_str()).collect()
    }

    /// The ids of its levels.
    pub fn levels(&self) -> Vec<&'a str> {
        self.list("/tiers/levels").iter().filter_map(|level| level.get("id")?.as_str()).collect()
    }

    /// Whether it has a paid membership.
    pub fn has_membership(&self) -> bool {
        self.document.get("membership").is_some()
    }

    /// A list that is too long was told, and is not looked through.
    fn list(&self, path: &str) -> &'a [Value] {
        let list = self.document.pointer(path).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        &list[..list.len().min(super::LIST_MAX)]
    }
}
