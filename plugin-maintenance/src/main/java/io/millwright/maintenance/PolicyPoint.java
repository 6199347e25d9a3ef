package io.millwright.maintenance;

/**
 * A point of the cost curve of one kind of policy: what was tried.
 *
 * @param kind the kind
 * @param limit the limit of the first machine
 * @param cost the cost of a unit of time
 * @param halfWidth half of the 95 % interval of the cost; 0 where it is exact
 */
public record PolicyPoint(PolicyKind kind, double limit, double cost, double halfWidth) {}
