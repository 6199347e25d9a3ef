/**
 * Databases behind JDBC: named queries as tables, histories of units and series. May be touched by
 * everybody; the drivers are the host's. Under semantic versioning.
 */
@NullMarked
package io.millwright.connect.jdbc;

import org.jspecify.annotations.NullMarked;
