/**
 * Parquet files and folders of partitions as tables, and tables as Parquet. May be touched by
 * everybody; the only room that imports the library. Under semantic versioning.
 */
@NullMarked
package io.millwright.connect.parquet;

import org.jspecify.annotations.NullMarked;
