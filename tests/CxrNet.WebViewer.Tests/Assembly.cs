using CxrNet.WebViewer.Tests;
using CxrNet.WebViewer.Tests.Page;

// Loading the models and starting a browser takes a second or two: once for all tests.
[assembly: AssemblyFixture(typeof(ViewerServer))]
[assembly: AssemblyFixture(typeof(Chromium))]
