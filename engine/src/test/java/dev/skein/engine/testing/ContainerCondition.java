// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.testing;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips tests that are asked for with containers where no engine answers. It holds for subclasses,
 * too, which an annotation does not.
 */
public final class ContainerCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Containers.areThereIfWanted()
                ? ConditionEvaluationResult.enabled("as asked for")
                : ConditionEvaluationResult.disabled("no container engine answers");
    }
}
