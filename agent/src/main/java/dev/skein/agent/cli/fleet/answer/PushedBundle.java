// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.answer;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What was pushed.
 *
 * @param isNew whether it was not there already
 */
public record PushedBundle(int revisions, @JsonProperty("isNew") boolean isNew) {}
