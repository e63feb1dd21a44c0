namespace CxrNet.Onnx;

/// <summary>How far ONNX Runtime rewrites a graph before it runs it. The results differ in the last bits at most.</summary>
public enum OnnxGraphOptimization
{
    /// <summary>Everything, layouts for this processor included.</summary>
    All,

    /// <summary>Constant folding and fusions, without layouts for this processor.</summary>
    Extended,

    /// <summary>Constant folding and redundant operators only.</summary>
    Basic,

    /// <summary>The graph as it is in the file: for finding out what an operator does.</summary>
    None,
}
