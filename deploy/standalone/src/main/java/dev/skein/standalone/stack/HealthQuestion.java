// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.function.BooleanSupplier;

/** Whether the service at a port says that it is ready. */
record HealthQuestion(int port) implements BooleanSupplier {
    @Override
    public boolean getAsBoolean() {
        try {
            var url = URI.create("http://127.0.0.1:" + port + "/q/health/ready").toURL();
            var connection = (HttpURLConnection) url.openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(3000);
            try {
                return connection.getResponseCode() == 200;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false; // not up yet, which is the answer
        }
    }
}
