package io.millwright.production;

/**
 * How orders passed through the plant in the period (flow time and work in progress).
 *
 * @param cases orders with a row in the period
 * @param throughput orders that ended in the period, for each day
 * @param wip mean number of orders between their first start and last end (work in process)
 * @param leadTimeMean mean hours from first start to last end (lead time)
 * @param leadTimeMedian its median
 * @param leadTimeP90 its 90 % quantile
 * @param working mean hours of an order in which a row of it runs
 * @param waiting mean hours of an order in which none does
 * @param little WIP divided by throughput times mean lead time (Little 1961): near 1 when the log
 *     is consistent and the plant steady; the log's ends cut orders and pull it away
 * @param reworked rows marked as rework
 * @param returned orders that came back to an activity after another one
 */
public record CaseFlow(
    int cases,
    double throughput,
    double wip,
    double leadTimeMean,
    double leadTimeMedian,
    double leadTimeP90,
    double working,
    double waiting,
    double little,
    int reworked,
    int returned) {}
