// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.start;

import dev.skein.audit.sign.CheckpointSigner;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the log is signed. It is told, and the service stays ready where it is not: who has to
 * find out why must be able to read.
 */
@Readiness
@ApplicationScoped
public class SigningHealth implements HealthCheck {
    private final CheckpointSigner signer;

    public SigningHealth(CheckpointSigner signer) {
        this.signer = signer;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("signing")
                .up()
                .withData("state", signer.refusal().map(why -> "refused: " + why).orElse("signing"))
                .build();
    }
}
