// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

/** What can have happened to a topic behind its readers' backs. */
public enum TopicNotice {
    /** There is another topic of this name: the one that was read is gone. */
    RECREATED(
            "the topic was deleted and made anew",
            "What it held comes again from those who have it; see who may delete topics"),
    /** It ends before what was read. */
    TRUNCATED(
            "the topic ends before what was read of it",
            "Brokers lost what they had confirmed: look at min.insync.replicas and"
                    + " unclean.leader.election.enable"),
    /** Records were removed before they were read. */
    EXPIRED(
            "records were removed before they were read",
            "What is missing in the audit log is asked for (skein audit trouble); let the topic"
                    + " keep its records longer: retention.ms"),
    /** It is read in this cluster for the first time, and was read in another. */
    OTHER_CLUSTER(
            "the topic was read in another cluster before",
            "Where that is not meant, set kafka.bootstrap.servers as it was; where it is, take note"
                    + " of it (skein control acknowledge): the audit log reads nothing of it"
                    + " before");

    private final String words;
    private final String remedy;

    TopicNotice(String words, String remedy) {
        this.words = words;
        this.remedy = remedy;
    }

    /** What to do about it, as a sentence without its full stop. */
    public String remedy() {
        return remedy;
    }

    /** What happened, as a sentence without its full stop. */
    public String words() {
        return words;
    }
}
