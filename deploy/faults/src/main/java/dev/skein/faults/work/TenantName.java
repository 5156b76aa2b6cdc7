// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.work;

/** A tenant's database. */
public record TenantName(String site, String name) {
    @Override
    public String toString() {
        return site + "/" + name;
    }
}
