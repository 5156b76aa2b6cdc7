// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.revision.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One revision as written down: its place in the graph and what it does.
 *
 * @param file the file's name, without folders
 * @param transactional whether each direction runs in one transaction
 * @param batch how its upgrade walks a table, where it changes data in batches
 * @param irreversible why there is no way back, where the file says so
 * @param allowed lint rules that are silenced, with the reason
 * @param checksum SHA-256 over canonical header and sections, in lower-case hexadecimal
 * @param formerChecksum the same over what the first version read, where that is something else
 */
public record Script(
        Revision revision,
        String file,
        boolean transactional,
        @Nullable Duration lockTimeout,
        @Nullable Duration statementTimeout,
        @Nullable BatchDirective batch,
        Map<String, String> allowed,
        Section precheck,
        Section upgrade,
        Section verify,
        Section verifyAfter,
        Section downgrade,
        @Nullable String irreversible,
        String checksum,
        @Nullable String formerChecksum) {

    public Script {
        allowed = Map.copyOf(allowed);
    }

    public String id() {
        return revision.id();
    }

    /** Whether something that was recorded with this checksum was this file. */
    public boolean hasChecksum(String recorded) {
        return recorded.equals(checksum) || recorded.equals(formerChecksum);
    }

    /** Whether what it does can be taken back by what it says; nothing takes back nothing. */
    public boolean hasWayBack() {
        return irreversible == null && (!downgrade.isEmpty() || upgrade.isEmpty());
    }

    Script withChecksum(String sum) {
        return with(sum, null);
    }

    Script withFormerChecksum(String sum) {
        return with(checksum, sum.equals(checksum) ? null : sum);
    }

    private Script with(String sum, @Nullable String former) {
        return new Script(
                revision,
                file,
                transactional,
                lockTimeout,
                statementTimeout,
                batch,
                allowed,
                precheck,
                upgrade,
                verify,
                verifyAfter,
                downgrade,
                irreversible,
                sum,
                former);
    }

    /** Every section with its name, in the order of the file format. */
    List<Map.Entry<String, Section>> sections() {
        return List.of(
                Map.entry("precheck", precheck),
                Map.entry("upgrade", upgrade),
                Map.entry("verify", verify),
                Map.entry("verify: after", verifyAfter),
                Map.entry("downgrade", downgrade));
    }
}
