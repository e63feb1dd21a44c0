namespace CxrNet.Core.Tests.Explanation;

public sealed class NamingAMethod
{
    [Theory]
    [InlineData("Grad-CAM++", "gradcam_plusplus", true)]
    [InlineData("kernel shap", "Kernel_SHAP", true)]
    [InlineData("gradcam", "gradcam_plusplus", false)]
    [InlineData("gradcam", "", false)]
    public void LettersAloneCount(string name, string other, bool isSame) => Assert.Equal(isSame, ExplanationName.IsSame(name, other));
}
