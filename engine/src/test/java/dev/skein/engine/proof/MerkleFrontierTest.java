// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.Digests;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class MerkleFrontierTest {
    // Inputs and roots of the reference vectors for RFC 6962 trees (Certificate Transparency).
    private static final List<String> INPUTS =
            List.of(
                    "",
                    "00",
                    "10",
                    "2021",
                    "3031",
                    "40414243",
                    "5051525354555657",
                    "606162636465666768696a6b6c6d6e6f");
    private static final List<String> ROOTS =
            List.of(
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void rootsAreThoseOfTheReference() {
        var frontier = new MerkleFrontier();
        assertThat(Digests.hex(frontier.root()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (int i = 0; i < INPUTS.size(); i++) {
            frontier.append(Digests.bytes(INPUTS.get(i)));
            assertThat(Digests.hex(frontier.root())).isEqualTo(ROOTS.get(i));
        }
    }

    @Test
    void goesOnFromItsBytes() {
        var whole = new MerkleFrontier();
        var parted = new MerkleFrontier();
        for (int i = 0; i < 1000; i++) {
            var entry = new byte[] {(byte) i, (byte) (i >> 8)};
            whole.append(entry);
            parted = new MerkleFrontier(parted.size(), parted.bytes());
            parted.append(entry);
            assertThat(parted.root()).isEqualTo(whole.root());
        }
    }

    @Test
    void refusesBytesOfAnotherSize() {
        assertThatThrownBy(() -> new MerkleFrontier(3, new byte[32]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
