//! How many parts a text is sent in. (GSM 03.38)
