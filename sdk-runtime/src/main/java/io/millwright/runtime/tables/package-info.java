/**
 * Reads tables from text files, lines of JSON and databases, behind {@link
 * io.millwright.api.data.TableReader}; the only room that imports the CSV library. Only {@link
 * io.millwright.runtime.tables.Tables} and {@link io.millwright.runtime.tables.RowSource} may be
 * touched. Internal.
 */
@NullMarked
package io.millwright.runtime.tables;

import org.jspecify.annotations.NullMarked;
