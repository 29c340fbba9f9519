package dev.refrain.topology.cli;

import dev.refrain.gpuworkers.hub.StoredModel;
import dev.refrain.topology.config.HubConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code refrain models list}: the models that are there. */
@Command(
    name = "list",
    description = "List the pulled models and the one that comes with Refrain.",
    footerHeading = "%nExamples:%n",
    footer = {"  refrain models list", "  refrain models list --json --set hub.folder=models"})
final class ModelsListCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws IOException {
    HubConfig hub = common.load(List.of()).configuration().hub();
    List<ListedModel> models = new ArrayList<>();
    for (StoredModel stored : hub.store().list()) {
      models.add(ListedModel.of(stored));
    }
    Path house = HousePreset.folder();
    models.add(ListedModel.of("house model", String.valueOf(house.getFileName()), house));
    Output output = common.output();
    output.value(models);
    Table table =
        Table.headed("name", "revision", "family", "kind", "parameters", "size", "folder");
    models.forEach(model -> table.row(model.cells()));
    output.table(table);
    return 0;
  }
}
