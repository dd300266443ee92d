//! Switches of the points that no documentation settles.

use super::Builder;

/// Points that no documentation settles.
impl Builder {
    /// Answers a bulk request that failed in part with 200 instead of 400; default off.
    pub fn bulk_status_200(mut self, on: bool) -> Self {
        self.settings.switches.bulk_status_200 = on;
        self
    }

    /// Refuses addresses of other hosts with the error 1059; default off.
    pub fn strict_hosts(mut self, on: bool) -> Self {
        self.settings.hosts.strict = on;
        self
    }

    /// Refuses a document number that another document of the type has; default on.
    pub fn unique_document_names(mut self, on: bool) -> Self {
        self.settings.switches.unique_document_names = on;
        self
    }

    /// Lets a payment of one document without `linkedSum` cover what is unpaid; default off.
    pub fn distribute_payments(mut self, on: bool) -> Self {
        self.settings.switches.distribute_payments = on;
        self
    }

    /// Tells webhooks (вебхуки) that a document in the trash was changed, not deleted; default off.
    pub fn trash_is_update(mut self, on: bool) -> Self {
        self.settings.switches.trash_is_update = on;
        self
    }

    /// Takes a state (статус) that is deleted from its objects, instead of refusing; default off.
    pub fn deleting_clears_states(mut self, on: bool) -> Self {
        self.settings.switches.deleting_clears_states = on;
        self
    }

    /// Puts a document that is deleted into the trash (корзина); default off.
    pub fn deleting_is_trashing(mut self, on: bool) -> Self {
        self.settings.switches.deleting_is_trashing = on;
        self
    }

    /// Shows archived objects in lists that do not ask for them; default off.
    pub fn archived_in_lists(mut self, on: bool) -> Self {
        self.settings.switches.archived_in_lists = on;
        self
    }

    /// Takes no notice of letter case in `=` of a filter; default off.
    pub fn case_blind_filters(mut self, on: bool) -> Self {
        self.settings.switches.case_blind_filters = on;
        self
    }

    /// Refuses a missing required custom field with 3023 instead of 3000; default off.
    pub fn required_attribute_3023(mut self, on: bool) -> Self {
        self.settings.switches.required_attribute_3023 = on;
        self
    }

    /// Searches documents by the beginnings of words instead of any part; default off.
    pub fn documents_by_word(mut self, on: bool) -> Self {
        self.settings.switches.documents_by_word = on;
        self
    }

    /// Lets an update give a `syncId` to an object that has none; default off.
    pub fn late_sync_id(mut self, on: bool) -> Self {
        self.settings.switches.late_sync_id = on;
        self
    }

    /// Answers writes to the event feed (лента событий) with 200 instead of 201 and 204;
    /// default off.
    pub fn feed_status_200(mut self, on: bool) -> Self {
        self.settings.switches.feed_status_200 = on;
        self
    }

    /// Answers a request for a token with 200 instead of 201; default off.
    pub fn token_status_200(mut self, on: bool) -> Self {
        self.settings.switches.token_status_200 = on;
        self
    }
}
