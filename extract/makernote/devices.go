package makernote

var motorolaMain = table{"Motorola", map[uint16]tag{
	0x5500: {name: "BuildNumber"},
	0x5501: {name: "SerialNumber"},
	0x6420: {name: "CustomRendered"},
	0x64d0: {name: "DriveMode"},
	0x665e: {name: "Sensor"},
	0x6705: {name: "ManufactureDate"},
}}

var djiMain = table{"DJI", map[uint16]tag{
	0x0001: {name: "Make"},
	0x0003: {name: "SpeedX"},
	0x0004: {name: "SpeedY"},
	0x0005: {name: "SpeedZ"},
	0x0006: {name: "Pitch"},
	0x0007: {name: "Yaw"},
	0x0008: {name: "Roll"},
	0x0009: {name: "CameraPitch"},
	0x000a: {name: "CameraYaw"},
	0x000b: {name: "CameraRoll"},
}}

var flirMain = table{"FLIR", map[uint16]tag{
	0x0001: {name: "ImageTemperatureMax"},
	0x0002: {name: "ImageTemperatureMin"},
	0x0003: {name: "Emissivity"},
}}

var sanyoMain = table{"Sanyo", map[uint16]tag{
	0x0200: {name: "SpecialMode"},
	0x0201: {name: "SanyoQuality"},
	0x0202: {name: "Macro"},
	0x0204: {name: "DigitalZoom"},
	0x0207: {name: "SoftwareVersion"},
	0x0208: {name: "PictInfo"},
	0x0209: {name: "CameraID"},
	0x020e: {name: "SequentialShot"},
	0x020f: {name: "WideRange"},
	0x0210: {name: "ColorAdjustmentMode"},
	0x0213: {name: "QuickShot"},
	0x0214: {name: "SelfTimer"},
	0x0216: {name: "VoiceMemo"},
	0x0217: {name: "RecordShutterRelease"},
	0x0218: {name: "FlickerReduce"},
	0x0219: {name: "OpticalZoomOn"},
	0x021b: {name: "DigitalZoomOn"},
	0x021d: {name: "LightSourceSpecial"},
	0x021e: {name: "Resaved"},
	0x021f: {name: "SceneSelect"},
	0x0223: {name: "ManualFocusDistance"},
	0x0224: {name: "SequenceShotInterval"},
	0x0225: {name: "FlashMode"},
}}
