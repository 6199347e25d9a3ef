package io.millwright.runtime.tables;

import io.millwright.api.data.Column;
import java.util.List;
import java.util.Map;

/**
 * How one column is read.
 *
 * @param place where it stands in the file, counted from 0
 * @param heading its heading
 * @param column what it becomes
 * @param form how its cells are written, when they become numbers
 * @param order the order of year, month and day of times
 * @param months whether all its texts are months such as 2024年1月
 * @param why what made it so
 * @param missing the words that are taken for missing, with their counts
 * @param codes numbers that are taken for missing
 * @param evidence what its cells showed
 * @param remarks what a person should know
 */
record ColumnPlan(
    int place,
    String heading,
    Column column,
    CellForm form,
    int order,
    boolean months,
    String why,
    Map<String, Long> missing,
    List<Double> codes,
    Evidence evidence,
    List<String> remarks) {}
