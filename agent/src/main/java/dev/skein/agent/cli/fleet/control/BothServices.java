// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import java.util.Map;
import java.util.TreeMap;

/**
 * A thing that control plane and audit service both have, each at a path of its own.
 *
 * @param paths by the service's name
 */
record BothServices(Map<String, String> paths) {
    private static final String API = "api";

    static BothServices of(String apiPath, String auditPath) {
        return new BothServices(new TreeMap<>(Map.of(API, apiPath, "audit", auditPath)));
    }

    private String path(String service) {
        return paths.getOrDefault(service, "");
    }

    /** What both have, by the service's name. */
    Map<String, JsonNode> list(FleetOptions fleet, String query) {
        try (var api = fleet.client();
                var audit = fleet.auditClient()) {
            var found = new TreeMap<String, JsonNode>();
            paths.forEach((service, path) ->
                    found.put(service, (service.equals(API) ? api : audit).get(path + query)));
            return found;
        }
    }

    /** Posts to those that are meant. */
    void post(FleetOptions fleet, Iterable<Message> messages) {
        try (var api = fleet.client();
                var audit = fleet.auditClient()) {
            for (var message : messages) {
                (message.service().equals(API) ? api : audit)
                        .post(path(message.service()) + message.tail(), message.body());
            }
        }
    }

    /** What one service is told, at a place below its path. */
    record Message(String service, String tail, Object body) {}
}
