package io.millwright.cli.supplychain;

import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.Group;
import io.millwright.cli.kit.HostOptions;
import picocli.CommandLine;

/** The area supply chain. */
public final class SupplyChainCommands {

  private SupplyChainCommands() {}

  /**
   * Adds the area, and the short forms of its commands.
   *
   * @param line the whole command line
   * @param desk what the commands work with
   * @param options the options that all commands share
   */
  public static void addTo(CommandLine line, Desk desk, HostOptions options) {
    line.addSubcommand(
        Group.of("supplychain", "Forecasts of demand, the stock that it needs, routes and risks.")
            .addSubcommand("forecast", new ForecastCommand(desk, options))
            .addSubcommand("clean", new CleanCommand(desk, options))
            .addSubcommand("stock", new StockCommand(desk, options))
            .addSubcommand("route", new RouteCommand(desk, options))
            .addSubcommand("day", new DayCommand(desk, options))
            .addSubcommand("transport", new TransportCommand(desk, options))
            .addSubcommand("network-stock", new NetworkStockCommand(desk, options))
            .addSubcommand("bullwhip", new BullwhipCommand(desk, options))
            .addSubcommand("risk", new RiskCommand(desk, options)));
    Group.alias(line, "forecast", new ForecastCommand(desk, options));
    Group.alias(line, "stock", new StockCommand(desk, options));
    Group.alias(line, "route", new RouteCommand(desk, options));
  }
}
