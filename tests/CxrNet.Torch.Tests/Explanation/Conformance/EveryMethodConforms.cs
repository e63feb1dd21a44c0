namespace CxrNet.Torch.Tests.Explanation;

// One line a method, in one file: they differ in nothing but type and name.

public sealed class SaliencyConforms() : TorchExplanationConforms<Saliency>("saliency");

public sealed class InputTimesGradientConforms() : TorchExplanationConforms<InputTimesGradient>("input-x-gradient");

public sealed class IntegratedGradientsConforms() : TorchExplanationConforms<IntegratedGradients>("integrated-gradients");

public sealed class SmoothGradConforms() : TorchExplanationConforms<SmoothGrad>("smooth-grad");

public sealed class SmoothGradSquaredConforms() : TorchExplanationConforms<SmoothGradSquared>("smooth-grad-squared");

public sealed class VarGradConforms() : TorchExplanationConforms<VarGrad>("var-grad");

public sealed class GuidedBackpropConforms() : TorchExplanationConforms<GuidedBackprop>("guided-backprop");

public sealed class DeconvolutionConforms() : TorchExplanationConforms<Deconvolution>("deconvolution");

public sealed class GuidedGradCamConforms() : TorchExplanationConforms<GuidedGradCam>("guided-grad-cam");

public sealed class DeepLiftConforms() : TorchExplanationConforms<DeepLift>("deep-lift");

public sealed class LrpEpsilonConforms() : TorchExplanationConforms<LrpEpsilon>("lrp-epsilon");

public sealed class FullGradConforms() : TorchExplanationConforms<FullGrad>("full-grad");

public sealed class ClassicCamConforms() : TorchExplanationConforms<ClassicCam>("cam");

public sealed class GradCamConforms() : TorchExplanationConforms<GradCam>("grad-cam");

public sealed class GradCamPlusPlusConforms() : TorchExplanationConforms<GradCamPlusPlus>("grad-cam++");

public sealed class HiResCamConforms() : TorchExplanationConforms<HiResCam>("hires-cam");

public sealed class XGradCamConforms() : TorchExplanationConforms<XGradCam>("xgrad-cam");

public sealed class LayerCamConforms() : TorchExplanationConforms<LayerCam>("layer-cam");

public sealed class ElementWiseGradCamConforms() : TorchExplanationConforms<ElementWiseGradCam>("element-wise-grad-cam");

public sealed class EigenCamConforms() : TorchExplanationConforms<EigenCam>("eigen-cam");

public sealed class EigenGradCamConforms() : TorchExplanationConforms<EigenGradCam>("eigen-grad-cam");

public sealed class KpcaCamConforms() : TorchExplanationConforms<KpcaCam>("kpca-cam");

public sealed class FemConforms() : TorchExplanationConforms<Fem>("fem");

public sealed class ScoreCamConforms() : TorchExplanationConforms<ScoreCam>("score-cam");

public sealed class AblationCamConforms() : TorchExplanationConforms<AblationCam>("ablation-cam");

public sealed class ShapleyCamConforms() : TorchExplanationConforms<ShapleyCam>("shapley-cam");

public sealed class ReciproCamConforms() : TorchExplanationConforms<ReciproCam>("recipro-cam");
