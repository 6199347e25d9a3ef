/**
 * Millwright on Spark: a bundle answers the rows of a DataFrame on the cluster that a host brings;
 * groups of rows are forecast or learnt from, settings are swept. Public; for jobs of Spark 3.5 on
 * Java 17, Scala 2.12. Beside it the runtime must be on the class path of driver and executors.
 */
@NullMarked
package io.millwright.integration.spark;

import org.jspecify.annotations.NullMarked;
