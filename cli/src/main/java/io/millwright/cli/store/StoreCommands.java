package io.millwright.cli.store;

import io.millwright.api.Finding;
import io.millwright.api.Millwright;
import io.millwright.api.ModelStore;
import io.millwright.cli.kit.Desk;
import io.millwright.cli.kit.DeskCommand;
import io.millwright.cli.kit.Documents;
import io.millwright.cli.kit.Group;
import io.millwright.cli.kit.HostOptions;
import io.millwright.cli.kit.Reply;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Models in a folder. */
public final class StoreCommands {
  private StoreCommands() {}

  /**
   * Adds the commands.
   *
   * @param line the whole command line
   * @param desk what the commands work with
   * @param options the options that all commands share
   */
  public static void addTo(CommandLine line, Desk desk, HostOptions options) {
    line.addSubcommand(
        Group.of("store", "Models in a folder: numbered versions, and aliases that point to them.")
            .addSubcommand("list", new ListAll(desk, options))
            .addSubcommand("put", new Put(desk, options))
            .addSubcommand("history", new History(desk, options))
            .addSubcommand("promote", new Promote(desk, options))
            .addSubcommand("rollback", new RollBack(desk, options))
            .addSubcommand("delete", new Delete(desk, options))
            .addSubcommand("check", new Check(desk, options))
            .addSubcommand("repair", new Repair(desk, options)));
  }

  /** What all of them need. */
  abstract static class OnStore extends DeskCommand {
    @Option(
        names = "--store",
        paramLabel = "DIR",
        description = "The store's folder. Default: ${DEFAULT-VALUE}.",
        defaultValue = "models")
    Path folder = Path.of("models");

    OnStore(Desk desk, HostOptions options) {
      super(desk, options);
    }

    @Override
    public final Reply answer(Millwright millwright) {
      Reply reply = new Reply(name()).put("store", folder);
      return answer(millwright.store(folder), reply);
    }

    abstract Reply answer(ModelStore store, Reply reply);
  }

  /** What changes a store is told who does it, and why. */
  abstract static class Noted extends OnStore {
    @Option(names = "--by", paramLabel = "NAME", description = "Who does it. Default: the user.")
    String actor = System.getProperty("user.name", "");

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
    String reason = "";

    Noted(Desk desk, HostOptions options) {
      super(desk, options);
    }

    final ModelStore.Note note() {
      return ModelStore.Note.by(actor, reason);
    }
  }

  /** Lists versions. */
  @Command(
      name = "list",
      sortOptions = false,
      description = "Lists all versions of all models with their aliases.",
      footer = {"", "Examples:", "  millwright store list --store /srv/models"})
  static final class ListAll extends OnStore {
    ListAll(Desk desk, HostOptions options) {
      super(desk, options);
    }

    @Override
    public Reply answer(ModelStore store, Reply reply) {
      List<ModelStore.Version> versions = store.list();
      versions.forEach(version -> reply.line(text(version)));
      if (versions.isEmpty()) {
        reply.line("no models");
      }
      return reply.put("versions", versions.stream().map(StoreCommands::document).toList());
    }
  }

  /** Adds a version. */
  @Command(
      name = "put",
      sortOptions = false,
      description = "Checks a model's file and copies it in as a new version.",
      footer = {"", "Examples:", "  millwright store put press press-shop.mwb"})
  static final class Put extends Noted {
    @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
    String model = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The model's file.")
    Path file = Path.of("");

    Put(Desk desk, HostOptions options) {
      super(desk, options);
    }

    @Override
    public Reply answer(ModelStore store, Reply reply) {
      return said(reply, "stored", store.put(model, file, note()));
    }
  }

  /** Points an alias. */
  @Command(
      name = "promote",
      sortOptions = false,
      description = "Points an alias to a version.",
      footer = {"", "Examples:", "  millwright store promote production press:3"})
  static final class Promote extends Noted {
    @Parameters(index = "0", paramLabel = "ALIAS", description = "Such as production.")
    String alias = "";

    @Parameters(
        index = "1",
        paramLabel = "MODEL[:NUMBER|:ALIAS]",
        description = "Which version; the model's name alone means the latest.")
    String reference = "";

    Promote(Desk desk, HostOptions options) {
      super(desk, options);
    }

    @Override
    public Reply answer(ModelStore store, Reply reply) {
      return said(reply, alias + " is", store.promote(alias, reference, note()));
    }
  }

  /** Points an alias back. */
  @Command(
      name = "rollback",
      sortOptions = false,
      description = "Points an alias to the version before its last promotion.",
      footer = {"", "Examples:", "  millwright store rollback press production"})
  static final class RollBack extends OnStore {
    @Parameters(index = "0", paramLabel = "MODEL", description = "The model's name.")
    String model = "";

    @Parameters(index = "1", paramLabel = "ALIAS", description = "The alias.")
    String alias = "";

    RollBack(Desk desk, HostOptions options) {
      super(desk, options);
    }

    @Override
    public Reply answer(ModelStore store, Reply reply) {
      return said(reply, alias + " is", store.rollBack(model, alias));
    }
  }

  /** Deletes a version. */
  @Command(
      name = "delete",
      sortOptions = false,
      description = "Deletes one version that no alias points to.",
      footer = {"", "Examples:", "  millwright store delete press:2"})
  static final class Delete extends OnStore {
    @Parameters(index = "0", paramLabel = "MODEL:NUMBER", description = "Which version.")
    String reference = "";

    Delete(Desk desk, HostOptions options) {
      super(desk, options);
    }

    @Override
    public Reply answer(ModelStore store, Reply reply) {
      store.delete(reference);
      return reply.line("deleted " + reference).put("deleted", reference);
    }
  }

  /** The life of an alias. */
  @Command(
      name = "history",
      sortOptions = false,
      description = "Lists the promotions of an alias, the present one last.",
      footer = {"", "Examples:", "  millwright store history press production"})
  static final class History extends OnStore {
    @Parameters(index = "0", paramLabel = "MODEL", description = "The model's name.")
    String model = "";

    @Parameters(index = "1", paramLabel = "ALIAS", description = "The alias.")
    String alias = "";

    History(Desk desk, HostOptions options) {
      super(desk, options);
    }

    @Override
    public Reply answer(ModelStore store, Reply reply) {
      List<ModelStore.Promotion> history = store.history(model, alias);
      history.forEach(p -> reply.line(model + ":" + p.number() + "  " + p.at() + by(p.note())));
      return reply.put("history", history.stream().map(History::document).toList());
    }

    private static Map<String, Object> document(ModelStore.Promotion promotion) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("number", promotion.number());
      document.put("at", promotion.at());
      document.put("by", promotion.note().actor());
      document.put("reason", promotion.note().reason());
      return document;
    }
  }

  /** What is wrong with a store. */
  @Command(
      name = "check",
      sortOptions = false,
      description = {
        "Reads every file of the store and says what is damaged; changes nothing.",
        "Exit code 1 when something is wrong."
      },
      footer = {"", "Examples:", "  millwright store check --store /srv/models"})
  static final class Check extends OnStore {
    Check(Desk desk, HostOptions options) {
      super(desk, options);
    }

    @Override
    public Reply answer(ModelStore store, Reply reply) {
      return told(reply, store.check(), "whole");
    }
  }

  /** Mends a store. */
  @Command(
      name = "repair",
      sortOptions = false,
      description = {
        "Mends what check finds, as far as nothing is lost by it; the rest is set aside as"
            + " .damaged.",
        "Exit code 1 when something was wrong."
      },
      footer = {"", "Examples:", "  millwright store repair --store /srv/models"})
  static final class Repair extends OnStore {
    Repair(Desk desk, HostOptions options) {
      super(desk, options);
    }

    @Override
    public Reply answer(ModelStore store, Reply reply) {
      return told(reply, store.repair(), "whole, nothing to mend");
    }
  }

  private static Reply told(Reply reply, List<Finding> findings, String none) {
    findings.forEach(finding -> reply.line(finding.toString()));
    if (findings.isEmpty()) {
      reply.line(none);
    } else {
      reply.failed();
    }
    return reply.put("findings", findings.stream().map(Documents::of).toList());
  }

  private static String by(ModelStore.Note note) {
    return (note.actor().isEmpty() ? "" : "  by " + note.actor())
        + (note.reason().isEmpty() ? "" : ": " + note.reason());
  }

  private static Reply said(Reply reply, String what, ModelStore.Version version) {
    return reply.line(what + " " + text(version)).put("version", document(version));
  }

  private static String text(ModelStore.Version version) {
    return version.model()
        + ":"
        + version.number()
        + "  "
        + version.stored()
        + "  "
        + version.digest().substring(0, Math.min(12, version.digest().length()))
        + (version.aliases().isEmpty() ? "" : "  " + String.join(", ", version.aliases()))
        + by(version.note());
  }

  private static Map<String, Object> document(ModelStore.Version version) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("model", version.model());
    document.put("number", version.number());
    document.put("stored", version.stored());
    document.put("digest", version.digest());
    document.put("aliases", version.aliases());
    document.put("by", version.note().actor());
    document.put("reason", version.note().reason());
    return document;
  }
}
