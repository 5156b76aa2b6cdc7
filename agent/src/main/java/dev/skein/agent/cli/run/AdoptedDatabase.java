// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import java.util.List;

/**
 * How a database was taken over; printed as JSON.
 *
 * @param from the table that the other tool kept, or the database's uid
 */
record AdoptedDatabase(String database, String from, List<String> heads) {}
