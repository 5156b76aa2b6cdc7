// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.channel.socket.nio.NioSocketChannel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class KeepAliveProbesTest {
    /** The server let somebody in and ended him at once. */
    @Test
    void aConnectionThatIsBrokenAlreadyIsTakenAsItIs() {
        var channel = new NioSocketChannel();
        channel.unsafe().closeForcibly();
        assertThat(channel.isOpen()).isFalse();
        assertThatCode(() -> KeepAliveProbes.ask(channel)).doesNotThrowAnyException();
    }
}
