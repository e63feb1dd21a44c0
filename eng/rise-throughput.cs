#:project ../src/CxrNet/CxrNet.csproj
#:property PublishAot=false
#:property IsPackable=false

// What RISE costs beside plain batched inference, on the shipped model: dotnet run -c Release eng/rise-throughput.cs [masks] [batch] [threads]
// Both sides score ready inputs in batches of the same size; RISE also draws, applies and adds up its masks. Rounds alternate, so that a machine that slows down slows both.
using System.Diagnostics;
using System.Globalization;
using CxrNet;
using CxrNet.Models;
using CxrNet.Onnx;

int Number(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
int masks = Number(0, 1000), batch = Number(1, 16), threads = Number(2, 0);
using OnnxClassifier classifier = OnnxClassifier.Load(BundledModels.CxrNetS.ReadAllBytes(), new OnnxOptions { MaxBatch = batch, IntraOpThreads = threads });
GrayImage image = ChestPhantom.Create(new PhantomOptions { Class = PhantomClass.Covid19 }).Image;
using RiseMap rise = new(classifier, new RiseOptions { Masks = masks, BatchSize = batch, StopAtReliability = null });
using InputTensor one = InputTensor.From([image], classifier.Card.Input with { Lungs = LungHandling.None });
using TensorBuffer inputs = TensorBuffer.Rent(batch, one.LengthEach);
using TensorBuffer logits = TensorBuffer.Rent(batch, classifier.Card.Findings.Count);
for (int i = 0; i < batch; i++)
{
    one.Values.Span.CopyTo(inputs[i]);
}

double Plain()
{
    long started = Stopwatch.GetTimestamp();
    for (int done = 0; done < masks; done += batch)
    {
        classifier.ScoreInputs(inputs, Math.Min(batch, masks - done), logits);
    }

    return masks / Stopwatch.GetElapsedTime(started).TotalSeconds;
}

double Rise()
{
    long started = Stopwatch.GetTimestamp();
    rise.Explain([image], "covid19");
    return masks / Stopwatch.GetElapsedTime(started).TotalSeconds;
}

classifier.ScoreInputs(inputs, batch, logits);
List<double> shares = [];
for (int round = 1; round <= 5; round++)
{
    double plain = Plain(), masked = Rise();
    shares.Add(masked / plain);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: plain inference {plain:F1}/s, RISE {masked:F1} masks/s = {100 * masked / plain:F1} %"));
}

shares.Sort();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median of 5 rounds of {masks} masks, batch {batch}: {100 * shares[2]:F1} %"));
