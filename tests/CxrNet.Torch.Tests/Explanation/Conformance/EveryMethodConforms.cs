namespace CxrNet.Torch.Tests.Explanation;

// One line a method, in one file: they differ in nothing but type and name.

public sealed class SaliencyConforms() : TorchExplanationConforms<Saliency>("saliency");

public sealed class InputTimesGradientConforms() : TorchExplanationConforms<InputTimesGradient>("input_x_gradient");

public sealed class IntegratedGradientsConforms() : TorchExplanationConforms<IntegratedGradients>("integrated_gradients");

public sealed class SmoothGradConforms() : TorchExplanationConforms<SmoothGrad>("smoothgrad");

public sealed class SmoothGradSquaredConforms() : TorchExplanationConforms<SmoothGradSquared>("smoothgrad_sq");

public sealed class VarGradConforms() : TorchExplanationConforms<VarGrad>("vargrad");

public sealed class GuidedBackpropConforms() : TorchExplanationConforms<GuidedBackprop>("guided_backprop");

public sealed class DeconvolutionConforms() : TorchExplanationConforms<Deconvolution>("deconvolution");

public sealed class GuidedGradCamConforms() : TorchExplanationConforms<GuidedGradCam>("guided_gradcam");

public sealed class DeepLiftConforms() : TorchExplanationConforms<DeepLift>("deeplift");

public sealed class LrpEpsilonConforms() : TorchExplanationConforms<LrpEpsilon>("lrp_epsilon");

public sealed class FullGradConforms() : TorchExplanationConforms<FullGrad>("fullgrad");

public sealed class ClassicCamConforms() : TorchExplanationConforms<ClassicCam>("cam");

public sealed class GradCamConforms() : TorchExplanationConforms<GradCam>("gradcam");

public sealed class GradCamPlusPlusConforms() : TorchExplanationConforms<GradCamPlusPlus>("gradcam_plusplus");

public sealed class HiResCamConforms() : TorchExplanationConforms<HiResCam>("hirescam");

public sealed class XGradCamConforms() : TorchExplanationConforms<XGradCam>("xgradcam");

public sealed class LayerCamConforms() : TorchExplanationConforms<LayerCam>("layercam");

public sealed class ElementWiseGradCamConforms() : TorchExplanationConforms<ElementWiseGradCam>("gradcam_elementwise");

public sealed class EigenCamConforms() : TorchExplanationConforms<EigenCam>("eigencam");

public sealed class EigenGradCamConforms() : TorchExplanationConforms<EigenGradCam>("eigengradcam");

public sealed class KpcaCamConforms() : TorchExplanationConforms<KpcaCam>("kpca_cam");

public sealed class FemConforms() : TorchExplanationConforms<Fem>("fem");

public sealed class ScoreCamConforms() : TorchExplanationConforms<ScoreCam>("scorecam");

public sealed class AblationCamConforms() : TorchExplanationConforms<AblationCam>("ablationcam");

public sealed class ShapleyCamConforms() : TorchExplanationConforms<ShapleyCam>("shapleycam");

public sealed class ReciproCamConforms() : TorchExplanationConforms<ReciproCam>("reciprocam");
