// Lays out an edge list with OGDF's fast multipole multilevel embedder, which
// Debian ships as a plug-in of Tulip. `dev bench layout` builds and runs it
// where g++ and Tulip's headers are installed.
//
//   ogdf SEED EDGES PLACES
//
// EDGES: "a b" lines, nodes 0..n-1. PLACES: "x y" lines in the order of nodes.
// Prints the seconds that the algorithm alone took, without start and files.
#include <tulip/Graph.h>
#include <tulip/LayoutProperty.h>
#include <tulip/PluginLibraryLoader.h>
#include <tulip/TlpTools.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <utility>
#include <vector>

int main(int argc, char **argv) {
  if (argc != 4) {
    std::cerr << "usage: ogdf SEED EDGES PLACES\n";
    return 2;
  }
  tlp::initTulipLib();
  tlp::PluginLibraryLoader::loadPlugins();
  const unsigned seed = std::strtoul(argv[1], nullptr, 10);
  std::srand(seed);
  tlp::setSeedOfRandomSequence(seed);
  tlp::initRandomSequence();

  std::ifstream in(argv[2]);
  std::vector<std::pair<unsigned, unsigned>> edges;
  unsigned count = 0;
  for (unsigned a, b; in >> a >> b;) {
    edges.emplace_back(a, b);
    count = std::max({count, a + 1, b + 1});
  }
  std::unique_ptr<tlp::Graph> graph(tlp::newGraph());
  std::vector<tlp::node> nodes;
  graph->addNodes(count, nodes);
  for (const auto &e : edges)
    graph->addEdge(nodes[e.first], nodes[e.second]);

  auto *layout = graph->getProperty<tlp::LayoutProperty>("viewLayout");
  tlp::DataSet parameters;
  std::string problem;
  const auto start = std::chrono::steady_clock::now();
  const bool done = graph->applyPropertyAlgorithm("Fast Multipole Multilevel Embedder (OGDF)", layout, problem, &parameters);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  if (!done) {
    std::cerr << problem << "\n";
    return 1;
  }
  std::cout << took.count() << "\n";
  std::ofstream out(argv[3]);
  for (const auto &n : nodes) {
    const tlp::Coord &place = layout->getNodeValue(n);
    out << place[0] << " " << place[1] << "\n";
  }
  return out.good() ? 0 : 1;
}
