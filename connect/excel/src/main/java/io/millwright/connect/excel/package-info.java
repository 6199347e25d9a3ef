/**
 * Sheets of Excel workbooks (Office Open XML, {@code .xlsx}) as tables. May be touched by
 * everybody. Under semantic versioning.
 */
@NullMarked
package io.millwright.connect.excel;

import org.jspecify.annotations.NullMarked;
